import { checkRecipient, type RecipientContact } from "../contract/recipient.js";
import { identityKey } from "./candidates.js";

/**
 * Every address that names a person: one text, or what a contact out of an event knows. Forms of one another count
 * once. They come in this order.
 */
export function addressesOf(
  person: unknown,
  order: readonly (keyof RecipientContact)[] = ["chatId", "phone", "lid"],
): { values: string[] } | { wrong: string } {
  if (typeof person !== "object" || person === null) {
    const checked = checkRecipient(person);
    return "value" in checked ? { values: [checked.value] } : checked;
  }
  const found = new Map<string, string>();
  for (const name of order) {
    const address: unknown = (person as Partial<RecipientContact>)[name];
    if (address === undefined || address === null || address === "") continue;
    const checked = typeof address === "string" ? checkRecipient(address) : { wrong: "must be text" };
    if ("wrong" in checked) return { wrong: `has a ${name} that ${checked.wrong}` };
    const key = identityKey(checked.value);
    if (!found.has(key)) found.set(key, checked.value);
  }
  return found.size > 0 ? { values: [...found.values()] } : { wrong: "must be a contact with a chatId" };
}
