import type { Recipient } from "../contract/recipient.js";
import { ValidationError } from "../errors/index.js";
import { addressesOf } from "./addresses.js";
import { identityKey } from "./candidates.js";

/** What keeps something about people and can forget them: contact lists, suppressions, a journal. */
export interface ForgetsPeople {
  /** Takes a person out; how much there was, or whether there was anything. */
  forget(person: string): Promise<number | boolean>;
  /** Other addresses of the person; the suppressions know them. */
  aliases?(person: string): Promise<readonly string[]>;
}

/** Where a person is to be forgotten. */
export interface ForgetFrom {
  lists?: readonly ForgetsPeople[];
  suppressions?: readonly ForgetsPeople[];
  journals?: readonly ForgetsPeople[];
}

/** Where something was found, and forgotten. */
export interface ForgetReport {
  /** Contacts that were removed. */
  contacts: number;
  /** Records of journals that were blanked. */
  records: number;
  /** Whether they were suppressed, or known under another address. They are suppressed from now on. */
  suppressed: boolean;
}

/**
 * Forgets a person, as privacy laws ask for: they are removed from contact lists, their address and messages from
 * journals, and suppressions keep only a hash, so that they are not written to again by mistake. Knows the forms of a
 * number, every address of a contact, and the hidden ids that the suppressions learned.
 *
 * @throws ValidationError when the person's address is none.
 * @example
 * ```ts
 * await forget("+14155550123", { lists: [lists], suppressions: [suppressions], journals: [fileJournal("spring.jsonl")] });
 * ```
 */
export async function forget(person: Recipient, from: ForgetFrom): Promise<ForgetReport> {
  const known = addressesOf(person);
  if ("wrong" in known) throw new ValidationError("forget", [{ path: "person", message: known.wrong }]);
  const { lists = [], suppressions = [], journals = [] } = from;
  const addresses = new Set(known.values.map(identityKey));
  for (const address of known.values)
    for (const store of suppressions)
      for (const alias of (await store.aliases?.(address)) ?? []) addresses.add(alias);
  const report: ForgetReport = { contacts: 0, records: 0, suppressed: false };
  for (const to of addresses) {
    for (const store of lists) report.contacts += Number(await store.forget(to));
    for (const store of journals) report.records += Number(await store.forget(to));
  }
  for (const address of known.values)
    for (const store of suppressions) if (await store.forget(address)) report.suppressed = true;
  return report;
}
