import { memoryLog } from "../store/record-log.js";
import { ContactListStore } from "./store.js";
import type { ContactLists } from "./types.js";

/**
 * Contact lists that end with the process. For lists that stay: `fileContactLists(path)` of `@wasend/sdk/node`.
 *
 * @example
 * ```ts
 * const lists = memoryContactLists();
 * await lists.create("customers");
 * await lists.add("customers", { to: "+14155550123", fields: { firstName: "Ann" }, tags: ["vip"] });
 * ```
 */
export function memoryContactLists(): ContactLists {
  return new ContactListStore((state) => memoryLog("contact lists", state));
}
