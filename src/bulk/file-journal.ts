import { exists, openLines, readLines, writeLines } from "./file-lines.js";
import { FileLock } from "./file-lock.js";
import { fileSpool } from "./file-spool.js";
import { forgetRecord, personMatcher } from "./forget.js";
import type { Journal, JournalRecord } from "./journal.js";
import { LineWriter } from "./line-writer.js";

/**
 * A journal that survives crashes and power cuts: JSON lines, only ever added to, readable by this user alone. An attempt
 * is on the disk before its request goes out, so that whoever runs the campaign after a crash knows whom not to write to.
 * Beside it lie a lock (`….lock`) and, for recipients that can be read only once, their copy (`….recipients`).
 *
 * @param path Where; one file for each campaign. Keep it until nobody needs its outcomes.
 *
 * @example
 * ```ts
 * import { fileJournal } from "@wasend/sdk/node";
 *
 * const campaign = wasend.bulk.campaign({ name: "spring-sale", recipients, message, journal: fileJournal("spring-sale.jsonl") });
 * ```
 */
export function fileJournal(path: string): Journal {
  const spool = fileSpool(`${path}.recipients`);
  const lock = `${path}.lock`;
  return {
    spool,
    read: () => readLines<JournalRecord>(path),
    async open() {
      const mine = await FileLock.take(lock);
      try {
        const writer = new LineWriter(await openLines(path), () => mine.check());
        return {
          append: (record, { durable = false } = {}) => writer.append(record, durable),
          async close() {
            try {
              await writer.close();
            } finally {
              await mine.release();
            }
          },
        };
      } catch (error) {
        await mine.release();
        throw error;
      }
    },
    async forget(person) {
      const isPerson = personMatcher(person);
      const mine = await FileLock.take(lock);
      try {
        let count = await spool.forget(isPerson);
        if (!(await exists(path))) return count;
        const records = async function* () {
          for await (const record of readLines<JournalRecord>(path)) {
            const kept = forgetRecord(record, isPerson);
            if (kept !== record) count += 1;
            yield kept;
          }
        };
        await writeLines(path, records());
        return count;
      } finally {
        await mine.release();
      }
    },
  };
}
