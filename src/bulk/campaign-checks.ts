import { ConfigurationError, ValidationError, type ValidationIssue } from "../errors/index.js";
import type { HeaderRecord, Journal } from "./journal.js";
import type { RunOptions } from "./options.js";

/** Refuses what a run could only fail with. */
export function checkRunOptions({ signal, maxDurationMs }: RunOptions): void {
  const issues: ValidationIssue[] = [];
  if (signal !== undefined && typeof signal?.addEventListener !== "function")
    issues.push({ path: "signal", message: "must be an AbortSignal, such as AbortSignal.timeout(50_000)" });
  if (maxDurationMs !== undefined && !(typeof maxDurationMs === "number" && maxDurationMs >= 0))
    issues.push({ path: "maxDurationMs", message: "must be a number of milliseconds, 0 or more" });
  if (issues.length > 0) throw new ValidationError("campaign.run", issues);
}

/** Refuses the journal of another campaign. */
export function refuseForeign(what: string, name: string, header: HeaderRecord | undefined): void {
  if (header === undefined || header.name === name) return;
  throw new ConfigurationError(
    `campaign.${what}: the journal is that of the campaign "${header.name}", not of "${name}".`,
  );
}

/** The journal, for what makes no sense without one. */
export function needJournal(what: string, journal: Journal | undefined): Journal {
  if (journal !== undefined) return journal;
  throw new ConfigurationError(
    `campaign.${what} needs a journal, or a crash would make it write to people twice: give journal: fileJournal(path) from "@wasend/sdk/node", or memoryJournal() for a campaign that may be forgotten.`,
  );
}

/** A run was ended while it still read the recipients. */
export class Cancelled extends Error {
  static throwIf(isOver: boolean | undefined): void {
    if (isOver) throw new Cancelled();
  }
}
