import { maskNumbers } from "../errors/redact.js";

/** Whether a column's name is none, but somebody's number or address: the file has no header. */
export function looksLikeData(name: string): boolean {
  return name.includes("@") || /^\+?\d{7,}$/.test(name.replace(/[\s().-]/g, ""));
}

/** The columns there are, for an error. If one of them is data, so are all of them, and none is shown. */
export function namesText(names: readonly string[]): string {
  if (names.some(looksLikeData)) return "some that look like data, not like names";
  const shown = names.slice(0, 30).map((name) => JSON.stringify(name.slice(0, 40)));
  return maskNumbers(shown.join(", ")) || "none";
}
