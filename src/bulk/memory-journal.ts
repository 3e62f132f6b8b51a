import { ConfigurationError } from "../errors/index.js";
import { forgetRecipient, forgetRecord, personMatcher } from "./forget.js";
import type { Journal, JournalRecord } from "./journal.js";
import type { CampaignRecipient } from "./types.js";

/**
 * A journal in this process: a second `run()` knows what the first one did, but a crash forgets everything, and who had
 * been written to. For tests, and for campaigns that may be lost; otherwise take `fileJournal(path)`.
 *
 * @example
 * ```ts
 * import { memoryJournal } from "@wasend/sdk";
 *
 * const campaign = wasend.bulk.campaign({ name: "try", recipients, message: { text: "Hi" }, journal: memoryJournal() });
 * ```
 */
export function memoryJournal(): Journal {
  let records: JournalRecord[] = [];
  let spooled: { campaign: string; recipients: CampaignRecipient[] } | undefined;
  let taken = false;
  return {
    async open() {
      if (taken) throw new ConfigurationError("This journal is in use: another run() still goes on with it.");
      taken = true;
      return {
        async append(record) {
          records.push(record);
        },
        async close() {
          taken = false;
        },
      };
    },
    async *read() {
      yield* records;
    },
    async forget(person) {
      const isPerson = personMatcher(person);
      let count = 0;
      const counted = <T>(before: T, after: T): T => {
        if (after !== before) count += 1;
        return after;
      };
      records = records.map((record) => counted(record, forgetRecord(record, isPerson)));
      if (spooled !== undefined) {
        const without = (one: CampaignRecipient) => counted(one, forgetRecipient(one, isPerson));
        spooled = { ...spooled, recipients: spooled.recipients.map(without) };
      }
      return count;
    },
    spool: {
      async read() {
        return spooled && { ...spooled, recipients: iterate(spooled.recipients) };
      },
      async write(campaign, recipients) {
        const all: CampaignRecipient[] = [];
        for await (const recipient of recipients) all.push(recipient);
        spooled = { campaign, recipients: all };
      },
    },
  };
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
