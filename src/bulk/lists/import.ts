import { checkRecipient } from "../../contract/recipient.js";
import { identityKey } from "../candidates.js";
import { IMPORT, readRecipients } from "../recipients.js";
import type { CampaignRecipient, Recipients } from "../types.js";
import { wordsOf } from "../words-of.js";
import { TAGS } from "./export.js";
import { type Checked, isFieldValue } from "./merge.js";
import type { FieldValue, ImportReport } from "./types.js";

/** Rows that are written at a time: one lock and one write for all of them. */
const BATCH = 5_000;

/** Reads a source in batches of contacts; what cannot be one goes into the report. */
export async function* contactsOf<R extends CampaignRecipient>(
  source: Recipients<R>,
  tags: readonly string[],
  report: ImportReport,
): AsyncGenerator<Checked[], void, undefined> {
  let batch: Checked[] = [];
  for await (const { row, line, recipient, reject } of readRecipients(source, IMPORT)) {
    report.rows++;
    const contact = reject ?? readContact(recipient, tags);
    if (typeof contact === "string") {
      report.skipped.push({ row, ...(line !== undefined && { line }), reason: contact });
      continue;
    }
    batch.push(contact);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function readContact(recipient: CampaignRecipient, tags: readonly string[]): Checked | string {
  try {
    return contactOf(recipient, tags);
  } catch (error) {
    return `could not be read: ${wordsOf(error)}`;
  }
}

function contactOf(recipient: CampaignRecipient, tags: readonly string[]): Checked | string {
  const to = checkRecipient(recipient.to);
  if ("wrong" in to) return `"to" ${to.wrong}`;
  const fields = Object.create(null) as Record<string, FieldValue>;
  const own = new Set(tags);
  for (const name of Object.keys(recipient)) {
    const value = (recipient as unknown as Record<string, unknown>)[name];
    if (name === "to" || value === "" || value === null || value === undefined) continue;
    if (name === TAGS && typeof value === "string") {
      for (const tag of value.split(",")) if (tag.trim() !== "") own.add(tag.trim());
    } else if (isFieldValue(value)) fields[name] = value;
    else return `"${name.slice(0, 40)}" must be text, a finite number, true or false`;
  }
  return { key: identityKey(to.value), to: to.value, fields, tags: [...own] };
}
