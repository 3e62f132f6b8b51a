import { REASON } from "./header.js";
import type { CsvSource } from "./source.js";
import { csvLine } from "./write.js";

/** Rows that something else than the file's own reading skipped: `plan.skipped`, for instance. */
export interface RejectOptions {
  /**
   * Rows to write as well, with why. Those that were skipped as a `duplicate` are left out: they have nothing to mend, and
   * fed back they would be written to a second time.
   */
  skipped?: Iterable<{ row: number; reason: string }>;
}

/**
 * The rows that cannot be used, as a CSV file of the same columns, with the reason before them. Mend them and give the
 * file to {@link csv} with the same options. It opens in a spreadsheet without running formulas or changing numbers:
 * such cells have an apostrophe before them, which {@link csv} takes away again as long as the column with the reasons
 * is there.
 *
 * Gives the text in pieces, the header first; only the header when every row can be used.
 *
 * @example
 * ```ts
 * let rejects = "";
 * for await (const piece of csvRejects(source, { skipped: plan.skipped })) rejects += piece;
 * ```
 */
export async function* csvRejects(
  source: CsvSource,
  { skipped = [] }: RejectOptions = {},
): AsyncGenerator<string, void, undefined> {
  const reasons = new Map<number, string>();
  for (const { row, reason } of skipped) if (reason !== "duplicate") reasons.set(row, reason);
  const table = await source.table();
  if (table === undefined) return;
  const { columns, delimiter, rows, close } = table;
  const reasonAt = columns.titles.indexOf(REASON);
  const own = (cells: readonly string[]) =>
    reasonAt === -1 ? cells : cells.filter((_cell, i) => i !== reasonAt);
  try {
    yield csvLine([REASON, ...own(columns.titles)], delimiter);
    for await (const { row, cells, reject } of rows) {
      const reason = reject ?? reasons.get(row);
      if (reason !== undefined) yield csvLine([reason, ...own(cells)], delimiter);
    }
  } finally {
    await close();
  }
}
