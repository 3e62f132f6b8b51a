import { hash32 } from "./hash.js";
import { type RecipientRow, readRecipients } from "./recipients.js";
import type { CampaignRecipient, Recipients } from "./types.js";

/** A row number that jumps further ahead than this is not a place in a list. */
const LONGEST_JUMP = 10_000_000;

/**
 * Reads a source, each row under a number of its own: the source's where it keeps counting up, else (two files behind
 * one another) the next one. The journal knows rows by it.
 */
export async function* readRows<R extends CampaignRecipient>(
  source: Recipients<R>,
): AsyncGenerator<RecipientRow<R>, void, undefined> {
  let last = 0;
  for await (const read of readRecipients(source)) {
    const counts = read.row > last && read.row <= last + LONGEST_JUMP;
    if (!counts) read.row = last + 1;
    last = read.row;
    yield read;
  }
}

/** The number that writes to a person: always the same, and few change when a number is added or leaves. */
export function sessionFor(to: string, sessions: readonly string[]): string {
  let best = sessions[0] ?? "";
  if (sessions.length === 1) return best;
  let highest = -1;
  const person = hash32(to);
  for (const session of sessions) {
    const weight = hash32(session, person);
    if (weight > highest) [best, highest] = [session, weight];
  }
  return best;
}
