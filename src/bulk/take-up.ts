import { ConfigurationError } from "../errors/index.js";
import { hash32 } from "./hash.js";
import type { AttemptRecord, HeaderRecord, Journal, JournalRecord, OpenJournal } from "./journal.js";
import { Ledger } from "./ledger.js";
import type { PlannedCampaign } from "./plan.js";
import { PlanRows } from "./plan-rows.js";
import type { CampaignMessage } from "./types.js";

/** Rows whose hashes stand in one record. */
const STRETCH = 4_096;

/** A hash of each field of a template, to say later which one changed. */
export function templateHashes(message: CampaignMessage<never>): Record<string, number> {
  if (typeof message === "function") return { function: 0 };
  return Object.fromEntries(
    Object.entries(message).map(([field, value]) => [field, hash32(JSON.stringify(value) ?? "")]),
  );
}

/** What a journal says about a campaign. */
export interface TakenUp {
  ledger: Ledger;
  /** Attempts that their process did not live to see the end of. */
  interrupted: AttemptRecord[];
}

/** Folds a journal. `header` is missing when the campaign was never run. */
export async function readJournal(
  records: AsyncIterable<JournalRecord>,
  onRows: (record: Extract<JournalRecord, { type: "rows" }>) => void = () => {},
): Promise<TakenUp & { header: HeaderRecord | undefined }> {
  const ledger = new Ledger();
  const open = new Map<number, AttemptRecord>();
  let header: HeaderRecord | undefined;
  for await (const record of records) {
    ledger.apply(record);
    if (record.type === "header") header ??= record;
    else if (record.type === "rows") onRows(record);
    else if (record.type === "attempt") open.set(record.row, record);
    else open.delete(record.row);
  }
  return { ledger, header, interrupted: [...open.values()] };
}

/**
 * Goes on with what the journal knows, or starts it.
 *
 * @throws {@link ConfigurationError} when the journal's campaign is another one; the message says what changed.
 */
export async function takeUp(
  journal: Journal,
  open: OpenJournal,
  wanted: Omit<HeaderRecord, "type" | "version">,
  { rows }: PlannedCampaign,
): Promise<TakenUp> {
  const changed: number[] = [];
  let written = 0;
  const known = await readJournal(journal.read(), ({ from, hashes }) => {
    for (const [at, hash] of PlanRows.parse(hashes).entries()) {
      written = from + at;
      if (rows.lane(from + at) !== -1 && rows.hash(from + at) !== hash) changed.push(from + at);
    }
  });
  const { header, ledger } = known;
  // What is through is not sent again, whatever its row says now.
  const stillToSend = changed.filter((row) => ledger.of(row) === "pending");
  if (header === undefined) await open.append({ type: "header", version: 1, ...wanted });
  else refuseChanges([...headerChanges(header, wanted), ...rowChanges(stillToSend)]);
  // All of them, or what a process that died in between did not come to.
  for (let from = written + 1; from <= rows.last; from += STRETCH) {
    await open.append({ type: "rows", from, hashes: rows.hex(from, STRETCH) });
  }
  return known;
}

function refuseChanges(changes: readonly string[]): void {
  if (changes.length === 0) return;
  throw new ConfigurationError(
    `The campaign is not the one in this journal: ${changes.join("; ")}. Go on with what was planned, or give the changed campaign a new name and a new journal.`,
  );
}

function headerChanges(was: HeaderRecord, is: Pick<HeaderRecord, "name" | "template" | "total">): string[] {
  const changes: string[] = [];
  if (was.name !== is.name) changes.push(`its name was "${was.name}" and is "${is.name}"`);
  for (const field of new Set([...Object.keys(was.template), ...Object.keys(is.template)])) {
    if (was.template[field] !== is.template[field]) changes.push(`the template's ${field} changed`);
  }
  if (was.total !== is.total) changes.push(`it had ${was.total} rows and has ${is.total}`);
  return changes;
}

function rowChanges([first, ...others]: number[]): string[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  return [`the message of row ${first}${more} would be another one`];
}
