import { checkRecipient } from "../contract/recipient.js";
import { ValidationError } from "../errors/index.js";
import { addressesOf } from "./addresses.js";
import { identityKey } from "./candidates.js";
import type { JournalRecord } from "./journal.js";
import { type CampaignRecipient, ROW, type RowInfo } from "./types.js";

/** Whether an address, in whatever form it was written, is that person's. */
export type IsPerson = (address: unknown) => boolean;

/** A part of a number that is at least this long is taken for the number: what is a rejected row may say no more. */
const FEWEST_DIGITS = 7;

/**
 * Recognises a person's addresses, also in rows that could not be used, such as `(415) 555-0123`.
 *
 * @throws ValidationError when the person is no address.
 */
export function personMatcher(person: string): IsPerson {
  const checked = checkRecipient(person);
  if ("wrong" in checked) throw new ValidationError("forget", [{ path: "person", message: checked.wrong }]);
  const key = identityKey(checked.value);
  return (address) => {
    const found = addressesOf(address);
    if ("values" in found) return found.values.some((value) => identityKey(value) === key);
    const digits = typeof address === "string" ? address.replace(/\D/g, "") : "";
    return digits.length >= FEWEST_DIGITS && key.startsWith("+") && key.endsWith(digits);
  };
}

/** A record without the person: it stays, so that counts and rows stay right. What holds nothing comes back as it is. */
export function forgetRecord<T extends JournalRecord>(record: T, isPerson: IsPerson): T {
  if (!("to" in record) || !isPerson(record.to)) return record;
  // A message's id holds the chat's.
  const { messageId: _, detail: __, ...kept } = record as T & { messageId?: string; detail?: string };
  return { ...kept, to: "", ...("message" in record && { message: { to: "" } }) } as unknown as T;
}

/** A recipient without the person: only its row is left. */
export function forgetRecipient<T extends CampaignRecipient & { [ROW]?: RowInfo }>(
  recipient: T,
  isPerson: IsPerson,
): T {
  // A source may have given anything.
  if (typeof recipient !== "object" || recipient === null || !isPerson(recipient.to)) return recipient;
  const row = recipient[ROW];
  return { to: "", ...(row !== undefined && { [ROW]: row }) } as T;
}
