import { FileLog } from "../store/file-log.js";
import { ContactListStore } from "./store.js";
import type { ContactLists } from "./types.js";

/**
 * Contact lists in a file of JSON lines (mode 0600), which is made when something is first put into it. Each change is
 * on the disk before its promise resolves; several processes may use the file. All contacts are in memory while it is
 * in use, a few hundred bytes each.
 *
 * @throws ConfigurationError (from every method) when the file is something else, is damaged, or was taken away.
 * @example
 * ```ts
 * const lists = fileContactLists("contacts.jsonl");
 * await lists.create("customers");
 * const report = await lists.import("customers", csvFile("customers.csv", { to: "Mobile" }));
 * ```
 */
export function fileContactLists(path: string): ContactLists {
  return new ContactListStore((state) => new FileLog(path, "contact lists", state));
}
