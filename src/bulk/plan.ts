import { DuplicateSet } from "./duplicates.js";
import { type EtaCurve, forecast } from "./eta.js";
import type { CampaignPlan } from "./options.js";
import type { Pace } from "./pace.js";
import { PlanRows } from "./plan-rows.js";
import { PlanWarnings } from "./plan-warnings.js";
import { type PreparedRow, prepareRow } from "./prepare.js";
import { readRecipients } from "./recipients.js";
import { laneChooser, rowNumbers } from "./rows.js";
import type { Setup } from "./setup.js";
import { isSuppressed } from "./suppressed.js";
import type { CampaignRecipient, Recipients, RenderedMessage } from "./types.js";
import { wordsOf } from "./words-of.js";

const SAMPLES = 3;

/** Names are collected up to here: rows with ever new ones must not fill the memory. */
const MOST_COLUMNS = 1_000;

/** How much of a campaign falls to one number. */
export interface LaneLoad {
  messages: number;
  newChats: number;
}

/** A plan, and what a run needs of it. */
export interface PlannedCampaign {
  plan: CampaignPlan;
  rows: PlanRows;
  loads: ReadonlyMap<string, LaneLoad>;
}

/** Reads the whole source once, row by row, and sends nothing. `beforeRow` may throw to end it. */
export async function makePlan<R extends CampaignRecipient>(
  setup: Setup<R>,
  source: Recipients<R>,
  beforeRow: () => void = () => {},
): Promise<PlannedCampaign> {
  const { sessions, suppressions, isNewChat } = setup;
  const laneFor = laneChooser(sessions);
  const rows = new PlanRows();
  const seen = new DuplicateSet();
  const warnings = new PlanWarnings();
  const loads = new Map(sessions.map((session) => [session, { messages: 0, newChats: 0 }]));
  const plan: CampaignPlan = { total: 0, ready: 0, skipped: [], samples: [], etaMs: 0, warnings: [] };

  const skip = ({ row, to, hash }: PreparedRow, reason: string, detail?: string) => {
    rows.set(row, hash);
    plan.skipped.push({ row, to, reason, ...(detail !== undefined && { detail }) });
  };
  const take = ({ row, hash, content = "" }: PreparedRow, message: RenderedMessage, isNew: boolean) => {
    const lane = laneFor(message.to);
    rows.set(row, hash, lane);
    plan.ready += 1;
    const load = loads.get(sessions[lane]!)!;
    load.messages += 1;
    if (isNew) load.newChats += 1;
    warnings.add(content, message.text ?? "", isNew);
    if (plan.samples.length < SAMPLES) plan.samples.push({ row, ...message });
  };

  const columns = new Set<string>();
  const missing = new Set(setup.template.required);
  const number = rowNumbers();
  for await (const read of readRecipients(source)) {
    beforeRow();
    number(read);
    plan.total += 1;
    if (missing.size > 0 && columns.size < MOST_COLUMNS) {
      for (const name of namesOf(read.recipient)) {
        columns.add(name);
        missing.delete(name);
      }
    }
    const row = prepareRow(read, setup.template);
    const { message } = row;
    if (message === undefined) {
      skip(row, row.reason ?? "invalid_row", row.detail);
      continue;
    }
    // Rows that have only one of a contact's addresses are asked about right before they are sent.
    for (const other of row.others ?? []) await suppressions?.learn?.(row.to, other);
    // Before the duplicates: a suppressed person's second address is suppressed too, not a duplicate.
    const held = isSuppressed(suppressions, row.to, row.others);
    if (held === true || (held !== false && (await held))) {
      skip(row, "suppressed");
      continue;
    }
    const isNew = attempted(() => isNewChat(read.recipient));
    if ("thrown" in isNew) {
      skip(row, "invalid_row", `isNewChat threw: ${isNew.thrown}`);
      continue;
    }
    const earlier = seen.add(row.to, row.row, row.others);
    if (earlier !== undefined) skip(row, "duplicate", `the same person as row ${earlier}`);
    else take(row, message, isNew.value);
  }
  // A field that no row has is a mistake in the template, not in the rows.
  if (plan.total > 0 && missing.size > 0) setup.template.check([...columns]);
  const curves = await forecastLanes(setup, setup.pace, loads);
  plan.etaMs = Math.ceil(Math.max(0, ...[...curves.values()].map((curve) => curve.left())));
  plan.warnings = warnings.all(plan.etaMs);
  return { plan, rows, loads };
}

function namesOf(recipient: unknown): string[] {
  const names = attempted(() => Object.keys(recipient ?? {}));
  return "value" in names ? names.value : [];
}

/** What the caller's own code gives for one row. What it throws costs that row, not the plan. */
function attempted<T>(read: () => T): { value: T } | { thrown: string } {
  try {
    return { value: read() };
  } catch (error) {
    return { thrown: wordsOf(error) };
  }
}

/** When each lane will be done with its load. */
export async function forecastLanes(
  { clock, concurrency }: Pick<Setup, "clock" | "concurrency">,
  pace: Pace,
  loads: ReadonlyMap<string, LaneLoad>,
): Promise<Map<string, EtaCurve>> {
  const curves = new Map<string, EtaCurve>();
  for (const [session, load] of loads) {
    const state = await pace.look(session);
    curves.set(session, forecast(pace.options, { ...load, state, now: clock.now(), concurrency }));
  }
  return curves;
}
