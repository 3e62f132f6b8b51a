import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { CsvOptions } from "./csv/options.js";
import { csvRejects, type RejectOptions } from "./csv/rejects.js";
import { CsvSource } from "./csv/source.js";

/**
 * A CSV file as the recipients of a campaign, read as a stream: {@link csv} for a path. The file is opened anew for
 * every plan and every run.
 *
 * @throws ValidationError when it is read and has no such column; the error of `node:fs` when it cannot be opened.
 * @example
 * ```ts
 * const recipients = csvFile("customers.csv", { to: "Mobile", defaultCountry: "IN" });
 * const campaign = wasend.bulk.campaign({ name: "spring-sale", recipients, message, journal });
 * ```
 */
export function csvFile(path: string | URL, options: CsvOptions = {}): CsvSource {
  return new CsvSource(() => createReadStream(path), options);
}

/**
 * Writes the rows that cannot be used into a CSV file (mode 0600), with the reason before them: mend them there and
 * give the file to {@link csvFile} with the same options. See {@link csvRejects}.
 *
 * @returns How many rows it wrote.
 * @example
 * ```ts
 * const rejected = await writeRejects(recipients, "rejects.csv", { skipped: plan.skipped });
 * ```
 */
export async function writeRejects(
  source: CsvSource,
  path: string | URL,
  options: RejectOptions = {},
): Promise<number> {
  const file = await open(path, "w", 0o600);
  try {
    // Without the mark, spreadsheets take the file for the local encoding.
    await file.write("\ufeff");
    let lines = 0;
    for await (const line of csvRejects(source, options)) {
      await file.write(line);
      lines++;
    }
    return Math.max(0, lines - 1);
  } finally {
    await file.close();
  }
}
