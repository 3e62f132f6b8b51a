import { checkRecipient } from "../contract/recipient.js";
import { ValidationError } from "../errors/index.js";
import { identityKey } from "./candidates.js";

/** Takes a person out of records: the record stays, so that counts and rows stay right, but says nothing of them. */
export function forgetIn<T extends object>(
  records: readonly T[],
  person: string,
): { kept: T[]; count: number } {
  const forget = forgetter(person);
  let count = 0;
  const kept = records.map((record) => {
    const without = forget(record);
    if (without !== record) count += 1;
    return without;
  });
  return { kept, count };
}

/** {@link forgetIn} for one record at a time; one that holds nothing of the person comes back as it is. */
export function forgetter(person: string): <T extends object>(record: T) => T {
  const checked = checkRecipient(person);
  if ("wrong" in checked) throw new ValidationError("forget", [{ path: "person", message: checked.wrong }]);
  const key = identityKey(checked.value);
  return (record) => {
    const to = checkRecipient((record as { to?: unknown }).to);
    if (!("value" in to) || identityKey(to.value) !== key) return record;
    if (!("type" in record)) return { to: "" } as unknown as unknown as typeof record;
    // A message's id holds the chat's.
    const { messageId: _, detail: __, ...kept } = record as { messageId?: string; detail?: string };
    return {
      ...kept,
      to: "",
      ...("message" in record && { message: { to: "" } }),
    } as unknown as typeof record;
  };
}
