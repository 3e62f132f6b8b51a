import { ConfigurationError } from "../errors/index.js";
import { forgetIn } from "./forget.js";
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
  let spooled: CampaignRecipient[] | undefined;
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
      const { kept, count } = forgetIn(records, person);
      records = kept;
      const { kept: left, count: gone } = forgetIn(spooled ?? [], person);
      spooled &&= left;
      return count + gone;
    },
    spool: {
      async read() {
        return spooled && iterate(spooled);
      },
      async write(recipients) {
        const all: CampaignRecipient[] = [];
        for await (const recipient of recipients) all.push(recipient);
        spooled = all;
      },
    },
  };
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
