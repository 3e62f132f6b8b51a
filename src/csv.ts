import type { CsvInput, CsvOptions } from "./bulk/csv/options.js";
import { CsvSource } from "./bulk/csv/source.js";

export type { CsvInfo, CsvInput, CsvOptions, CsvRecipient, CsvStream } from "./bulk/csv/options.js";
export { csvRejects, type RejectOptions } from "./bulk/csv/rejects.js";
export { ROW, type RowInfo } from "./bulk/types.js";
export { CsvSource };

/**
 * A CSV text, `Blob`, or stream as the recipients of a campaign. Runs everywhere, reads as it is asked, and takes as
 * much memory as one record.
 *
 * No row is ever lost: what cannot be used (a number without country code, a stray quote, cells that do not match the
 * header) is there with its row, its line and the reason, and is skipped by the campaign. Lines with nothing on them
 * are no rows. Delimiter and encoding are found out, numbers are not: see `defaultCountry`.
 *
 * @throws ValidationError for what is no input, at once; when it is read, for a header without the columns asked for.
 * @throws ConfigurationError when it is read, for an encoding or a country that nobody knows.
 * @example
 * ```ts
 * const recipients = csv(await file.text(), { to: "Mobile", defaultCountry: "IN" });
 * const campaign = wasend.bulk.campaign({ name: "spring-sale", recipients, message: { text: "Hi {{Name}}" }, journal });
 * ```
 */
export function csv(input: CsvInput, options: CsvOptions = {}): CsvSource {
  return new CsvSource(input, options);
}
