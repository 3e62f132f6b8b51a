import { parse } from "csv-parse/browser/esm/sync";
import type { CellRules } from "./cells.js";

const encoder = new TextEncoder();

/**
 * The cells of several records, each a text that ends where its record ends. Throws when a quote is not where it may
 * be, in any of them.
 */
export function parseRecords(records: readonly string[], rules: CellRules, relaxed = false): string[][] {
  // Given text, the parser would turn it into bytes itself, three times slower.
  return parse(encoder.encode(records.join("\n")), {
    delimiter: rules.delimiter,
    trim: rules.trim,
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: relaxed,
  });
}
