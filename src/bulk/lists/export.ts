import { csvLine } from "../csv/write.js";
import type { ListContact } from "./types.js";

/** The column with a contact's tags. Its name says that this SDK wrote the file. */
export const TAGS = "wasend_tags";

/** Contacts as a CSV text: `to`, every field that one of them has, and the tags. */
export function exportContacts(contacts: readonly ListContact[]): string {
  const names = new Set<string>();
  for (const { fields } of contacts) for (const name of Object.keys(fields)) names.add(name);
  const fieldNames = [...names];
  const lines = [csvLine(["to", ...fieldNames, TAGS])];
  for (const { to, fields, tags } of contacts) {
    const cells = fieldNames.map((name) => (Object.hasOwn(fields, name) ? String(fields[name]) : ""));
    lines.push(csvLine([to, ...cells, tags.join(",")]));
  }
  return lines.join("");
}
