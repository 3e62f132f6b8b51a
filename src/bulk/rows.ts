import { identityKey } from "./candidates.js";
import { hash32, mix32 } from "./hash.js";
import { type RecipientRow, readRecipients } from "./recipients.js";
import type { CampaignRecipient, Recipients } from "./types.js";

/** A row number that jumps further ahead than this is not a place in a list. */
const LONGEST_JUMP = 10_000_000;

/**
 * Gives each row of a source a number of its own: the source's where it keeps counting up, else (two files behind one
 * another) the next one. The journal knows rows by it.
 */
export function rowNumbers(): (row: RecipientRow) => void {
  let last = 0;
  return (row) => {
    const counts = Number.isSafeInteger(row.row) && row.row > last && row.row <= last + LONGEST_JUMP;
    if (!counts) row.row = last + 1;
    last = row.row;
  };
}

/** Reads a source, each row under its {@link rowNumbers | number}. */
export async function* readRows<R extends CampaignRecipient>(
  source: Recipients<R>,
): AsyncGenerator<RecipientRow<R>, void, undefined> {
  const number = rowNumbers();
  for await (const row of readRecipients(source)) {
    number(row);
    yield row;
  }
}

/**
 * Says which number writes to a person, by its place: always the same one, however the person's number is written, and
 * few people change when a number is added or leaves.
 */
export function laneChooser(sessions: readonly string[]): (to: string) => number {
  const seeds = sessions.map((session) => hash32(session));
  return (to) => {
    if (seeds.length < 2) return 0;
    const person = hash32(identityKey(to));
    let lane = 0;
    let highest = -1;
    for (const [place, seed] of seeds.entries()) {
      const weight = mix32(person ^ seed);
      if (weight > highest) [lane, highest] = [place, weight];
    }
    return lane;
  };
}
