import { csvLine } from "./csv/write.js";
import type { HeaderRecord, Journal, ResultRecord } from "./journal.js";
import type { CampaignOutcome, CampaignStatus } from "./types.js";

/**
 * Every outcome of a journal, in the order in which they came; a row that was tried again has only its last. Goes through
 * the journal twice and keeps four bytes a row. An attempt without a result is `unknown`, unless a run that goes on may
 * still write one.
 */
export async function* outcomesOf(
  journal: Pick<Journal, "read">,
  isRunning: boolean,
  checkHeader: (header: HeaderRecord) => void = () => {},
): AsyncGenerator<CampaignOutcome & { at: number }, void, undefined> {
  let last = new Uint32Array(1 << 10);
  let place = 0;
  for await (const record of journal.read()) {
    place += 1;
    if (record.type === "header") checkHeader(record);
    if (record.type !== "result" && record.type !== "attempt") continue;
    if (record.row >= last.length) {
      const wider = new Uint32Array(Math.max(record.row + 1, last.length * 2));
      wider.set(last);
      last = wider;
    }
    last[record.row] = place;
  }
  place = 0;
  for await (const record of journal.read()) {
    place += 1;
    if (record.type === "result") {
      if (last[record.row] === place && isFinal(record)) {
        const { type: _, ...outcome } = record;
        yield outcome;
      }
    } else if (record.type === "attempt" && last[record.row] === place && !isRunning) {
      const { row, to, session, at } = record;
      yield { row, to, status: "unknown", session, reason: "interrupted", at };
    }
  }
}

function isFinal(record: ResultRecord): record is ResultRecord & { status: CampaignStatus } {
  return record.status !== "pending";
}

const COLUMNS = ["row", "to", "status", "session", "messageId", "reason", "detail", "at"] as const;

/** {@link outcomesOf} as a file, piece by piece. */
export async function* exportOutcomes(
  outcomes: AsyncIterable<CampaignOutcome & { at: number }>,
  format: "csv" | "json",
): AsyncGenerator<string, void, undefined> {
  if (format === "csv") yield csvLine(COLUMNS);
  else yield "[";
  let separator = "\n";
  for await (const { at, ...outcome } of outcomes) {
    const dated: Record<string, unknown> = { ...outcome, at: new Date(at).toISOString() };
    if (format === "csv") yield csvLine(COLUMNS.map((column) => String(dated[column] ?? "")));
    else yield `${separator}${JSON.stringify(dated)}`;
    separator = ",\n";
  }
  if (format === "json") yield "\n]\n";
}
