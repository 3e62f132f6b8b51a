import type { HeaderRecord, Journal } from "./journal.js";
import type { Ledger } from "./ledger.js";
import type { CampaignReport } from "./options.js";
import type { CampaignOutcome } from "./types.js";

/**
 * The totals. While it runs, a row whose request is under way is still pending; else its process died, and nobody knows.
 * Before anything was planned, the rows that are known are all there are.
 */
export function reportOf(total: number | undefined, ledger: Ledger, isRunning: boolean): CampaignReport {
  const sent = ledger.count("sent");
  const failed = ledger.count("failed");
  const skipped = ledger.count("skipped");
  const unknown = ledger.count("unknown") + (isRunning ? 0 : ledger.count("attempted"));
  const done = sent + failed + skipped + unknown;
  return { total: total ?? done, sent, failed, skipped, unknown, pending: (total ?? done) - done };
}

type Outcomes = AsyncGenerator<CampaignOutcome & { at: number }, void, undefined>;

/** Every outcome of a journal; what reads it loads with the first one. */
export async function* outcomesOf(
  journal: Pick<Journal, "read">,
  isRunning: boolean,
  checkHeader?: (header: HeaderRecord) => void,
): Outcomes {
  const loaded = await import("./outcomes.js");
  yield* loaded.outcomesOf(journal, isRunning, checkHeader);
}

/** {@link outcomesOf} as a file, piece by piece. */
export async function* exportOutcomes(
  outcomes: Outcomes,
  format: "csv" | "json",
): AsyncGenerator<string, void, undefined> {
  const loaded = await import("./outcomes.js");
  yield* loaded.exportOutcomes(outcomes, format);
}
