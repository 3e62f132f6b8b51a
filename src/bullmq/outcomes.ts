import type { Redis } from "ioredis";
import type { JournalRecord } from "../bulk/journal.js";
import { outcomesOf } from "../bulk/outcomes.js";
import type { CampaignOutcome } from "../bulk/types.js";

const BATCH = 1_000;

/** An outcome and when it was known, in Unix milliseconds. */
export type DatedOutcome = CampaignOutcome & { at: number };

/** The outcomes of a campaign in the order in which they came, each row's last one. */
export function readOutcomes(redis: Redis, key: string): AsyncGenerator<DatedOutcome, void, undefined> {
  return outcomesOf({ read: () => records(redis, key) }, true);
}

/** Outcomes that came after `last`, with the id of the newest. */
export async function outcomesAfter(
  redis: Redis,
  key: string,
  last: string,
): Promise<{ last: string; outcomes: DatedOutcome[] }> {
  const entries = await redis.xrange(key, `(${last}`, "+", "COUNT", BATCH);
  return {
    last: entries.at(-1)?.[0] ?? last,
    outcomes: entries.map(([, [, json]]) => JSON.parse(json!) as DatedOutcome),
  };
}

async function* records(redis: Redis, key: string): AsyncGenerator<JournalRecord, void, undefined> {
  let last = "0-0";
  for (;;) {
    const next = await outcomesAfter(redis, key, last);
    if (next.outcomes.length === 0) return;
    last = next.last;
    for (const outcome of next.outcomes) yield { type: "result", ...outcome };
  }
}
