/**
 * The name of an unknown field, as far as it may be told. It is the caller's own word: what looks like no name, or holds a
 * phone number, is left out.
 */
export function nameText(name: string): string {
  const digits = name.replace(/\D/g, "").length;
  return /^[\w$:.+-]{1,40}$/.test(name) && digits < 7 ? name : "…";
}
