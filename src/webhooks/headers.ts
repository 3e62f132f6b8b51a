/** Headers in any of the forms that runtimes give them in. Names are read without regard to case. */
export type WebhookHeaders =
  | {
      /** One header's value, whatever the case of its name. */
      get(name: string): string | null | undefined;
    }
  | { readonly [name: string]: string | readonly string[] | undefined };

/** The header's value, whatever the case of either name; a list becomes one text, joined as HTTP joins repeated headers. `undefined` when it is absent. */
export function findHeader(headers: WebhookHeaders, name: string): string | undefined {
  if (typeof headers.get === "function") return (headers as Headers).get(name) ?? undefined;
  const record = headers as Record<string, unknown>;
  const value = Object.hasOwn(record, name) ? record[name] : record[spelledLike(record, name.toLowerCase())];
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.join(", ") : undefined;
}

/** Node gives lower-case names, and most ask for such, so this runs only for absent headers and for records of other makers. */
function spelledLike(record: Record<string, unknown>, name: string): string {
  const length = name.length;
  for (const key in record) if (key.length === length && key.toLowerCase() === name) return key;
  return "";
}
