import { ConfigurationError, isWasendError } from "../errors/index.js";
import { Channel } from "./channel.js";
import type { EtaCurve } from "./eta.js";
import type { CampaignEmitter } from "./events.js";
import type { JournalRecord, OpenJournal } from "./journal.js";
import { Lane, type LaneRow } from "./lane.js";
import type { Ledger } from "./ledger.js";
import { forecastLanes, type LaneLoad, type PlannedCampaign } from "./plan.js";
import { opensChat, prepareRow } from "./prepare.js";
import { readRecipients } from "./recipients.js";
import { rowNumbers } from "./rows.js";
import type { Setup } from "./setup.js";
import type { TakenUp } from "./take-up.js";
import type { CampaignOutcome, CampaignStatus, Recipients } from "./types.js";
import type { PauseReason } from "./verdict.js";

/** Outcomes that may wait for a slow reader before the numbers wait for it too. */
const OUTCOMES_AHEAD = 256;

/** What an outcome says beside its row and status. */
export type OutcomeDetails = Omit<CampaignOutcome, "row" | "to" | "status" | "error"> & { error?: unknown };

/** What a run stands on. */
export interface RunParts {
  setup: Setup;
  source: Recipients;
  planned: PlannedCampaign;
  journal: OpenJournal;
  takenUp: TakenUp;
  events: CampaignEmitter;
  /** No further message is started then, in the clock's milliseconds. */
  endsAt: number;
  signal: AbortSignal | undefined;
}

/** One run of a campaign: its lanes, what ends it, and the only way into the journal. */
export class Run {
  readonly setup: Setup;
  readonly #parts: RunParts;
  readonly #ledger: Ledger;
  readonly #outcomes = new Channel<CampaignOutcome>(OUTCOMES_AHEAD);
  readonly #waits = new Set<AbortController>();
  #isStopped = false;
  #working: Promise<void> | undefined;
  readonly #onAbort = () => this.stop();
  readonly #endsAt: number;
  #curves = new Map<string, EtaCurve>();
  readonly #sent = new Map<string, number>();
  #paused: { promise: Promise<void>; resume: () => void } | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    this.setup = parts.setup;
    this.#ledger = parts.takenUp.ledger;
    this.#endsAt = parts.endsAt;
  }

  /** Sets out. */
  start(): void {
    const { signal } = this.#parts;
    signal?.addEventListener("abort", this.#onAbort);
    if (signal?.aborted) this.stop();
    this.#working = this.#work().then(
      () => this.#outcomes.end(),
      (error: unknown) => this.#outcomes.end({ error }),
    );
  }

  /** The next outcomes; `undefined` when there are no more. */
  outcomes(): Promise<CampaignOutcome[] | undefined> {
    return this.#outcomes.take();
  }

  /** Ends it, and returns when nothing is under way any more. */
  async end(): Promise<void> {
    this.stop();
    this.#outcomes.open();
    await this.#working;
    this.#parts.signal?.removeEventListener("abort", this.#onAbort);
  }

  async #work(): Promise<void> {
    await this.#settleBefore();
    const { sessions } = this.setup;
    this.#curves = await forecastLanes(this.setup, this.setup.pace, await this.#loads());
    // None is left behind with a request under way.
    const lanes = await Promise.allSettled(sessions.map((session) => new Lane(this, session).work()));
    for (const lane of lanes) if (lane.status === "rejected") throw lane.reason;
  }

  /** What needs no sending: attempts of a run that died, and rows that the plan leaves out. */
  async #settleBefore(): Promise<void> {
    const { takenUp, planned } = this.#parts;
    for (const { row, to, session } of takenUp.interrupted) {
      const reason = "interrupted";
      if (this.setup.mayDuplicate) await this.putBack({ row, to }, session, "unknown", reason);
      else await this.finish({ row, to }, "unknown", { session, reason });
    }
    for (const { row, to, reason, detail } of planned.plan.skipped) {
      if (this.#ledger.of(row) === "pending") await this.finish({ row, to }, "skipped", { reason, detail });
    }
    if (!this.setup.mayDuplicate) return;
    for (const row of [...this.#ledger.rowsWith("unknown")]) this.#ledger.set(row, "pending");
  }

  /** What is left for each lane; by share, for rows that are through were not noted by lane. */
  async #loads(): Promise<Map<string, LaneLoad>> {
    const { plan, loads } = this.#parts.planned;
    const left = plan.ready === 0 ? 0 : Math.max(0, plan.total - this.#ledger.done) / plan.ready;
    return new Map(
      [...loads].map(([session, { messages, newChats }]) => [
        session,
        { messages: Math.round(messages * left), newChats: Math.round(newChats * left) },
      ]),
    );
  }

  /** The rows of one number that are still to be sent, each exactly as it was planned. */
  async *rowsOf(session: string): AsyncGenerator<LaneRow, void, undefined> {
    const { setup, source, planned } = this.#parts;
    const lane = setup.sessions.indexOf(session);
    const number = rowNumbers();
    let count = 0;
    for await (const read of readRecipients(source)) {
      number(read);
      count += 1;
      if (this.isOver) return;
      if (planned.rows.lane(read.row) !== lane || this.#ledger.of(read.row) !== "pending") continue;
      const { row, to, hash, message } = prepareRow(read, setup.template);
      if (message === undefined || hash !== planned.rows.hash(row)) {
        throw new ConfigurationError(
          `Row ${row} gives another message than when it was planned: the recipients or the message function changed meanwhile.`,
        );
      }
      yield { row, to, message, isNewChat: opensChat(setup, read.recipient) };
    }
    if (!this.isOver && count !== planned.plan.total) {
      throw new ConfigurationError(
        `The recipients have ${count} rows now, and had ${planned.plan.total} when they were planned: what is left was not sent.`,
      );
    }
  }

  /** Takes no further rows. What is under way is finished. */
  stop(): void {
    this.#isStopped = true;
    for (const wait of this.#waits) wait.abort();
    this.resume();
  }

  /** Something that no lane can go on after. */
  fail(error: unknown): void {
    this.#outcomes.end({ error });
    this.stop();
  }

  /** Waits for something that the end of the run ends. A signal for each: one for all warns of a leak from 11 on. */
  async untilStop<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const wait = new AbortController();
    if (this.#isStopped) wait.abort();
    this.#waits.add(wait);
    try {
      return await work(wait.signal);
    } finally {
      this.#waits.delete(wait);
    }
  }

  get isOver(): boolean {
    return (
      this.#isStopped || (this.#endsAt < Number.POSITIVE_INFINITY && this.setup.clock.now() >= this.#endsAt)
    );
  }

  /** Waits until that moment; `false`, at once if that is past the end of the run, when there is none. */
  async sleepUntil(at: number): Promise<boolean> {
    if (at >= this.#endsAt) return false;
    const { clock } = this.setup;
    const ms = at - clock.now();
    if (ms > 0) await this.untilStop((signal) => clock.sleep(ms, signal));
    return !this.isOver;
  }

  /** No further message is started then. */
  get endsAt(): number {
    return this.#endsAt;
  }

  get isPaused(): boolean {
    return this.#paused !== undefined;
  }

  pause(): void {
    if (this.isPaused || this.#isStopped) return;
    let resume = () => {};
    const promise = new Promise<void>((resolve) => {
      resume = resolve;
    });
    this.#paused = { promise, resume };
    for (const session of this.setup.sessions) this.tellPaused(session, "asked");
  }

  resume(): void {
    if (this.#paused === undefined) return;
    this.#paused.resume();
    this.#paused = undefined;
    for (const session of this.setup.sessions) this.tellResumed(session);
  }

  /** Waits for `resume()`, but not past the end of the run. */
  async untilResumed(): Promise<void> {
    const { clock } = this.setup;
    const paused = this.#paused?.promise;
    if (this.#endsAt === Number.POSITIVE_INFINITY) return paused;
    await this.untilStop((signal) => Promise.race([paused, clock.sleep(this.#endsAt - clock.now(), signal)]));
  }

  tellPaused(session: string, reason: PauseReason): void {
    this.#parts.events.tell("paused", () => ({ session, reason }));
  }

  tellResumed(session: string): void {
    this.#parts.events.tell("resumed", () => ({ session }));
  }

  /** Writes a record down; `durable`: safely. */
  async record(record: JournalRecord, durable = false): Promise<void> {
    await this.#parts.journal.append(record, { durable });
    this.#ledger.apply(record);
  }

  /** The row is to be tried again: its attempt sent nothing (`pending`), or nobody knows and that is accepted. */
  putBack(
    { row, to }: Pick<LaneRow, "row" | "to">,
    session: string,
    status: "pending" | "unknown",
    reason: string,
  ): Promise<void> {
    const at = this.setup.clock.now();
    return this.record({ type: "result", row, to, status, at, session, reason });
  }

  /** The row is through. */
  async finish(
    { row, to }: Pick<LaneRow, "row" | "to">,
    status: CampaignStatus,
    { error, session, messageId, reason, detail }: OutcomeDetails,
  ): Promise<void> {
    const outcome = definedOnly({ row, to, status, session, messageId, reason, detail });
    await this.record({ type: "result", at: this.setup.clock.now(), ...outcome });
    if (session !== undefined) this.#sent.set(session, (this.#sent.get(session) ?? 0) + 1);
    this.#parts.events.tell("progress", () => ({
      done: this.#ledger.done,
      total: this.#parts.planned.plan.total,
      etaMs: this.#etaMs(),
    }));
    const full = this.#outcomes.push(isWasendError(error) ? { ...outcome, error } : outcome);
    if (full !== undefined) await full;
  }

  #etaMs(): number {
    const left = [...this.#curves].map(([session, curve]) => curve.left(this.#sent.get(session) ?? 0));
    return Math.ceil(Math.max(0, ...left));
  }
}

function definedOnly<T extends object>(values: T): T {
  const kept: Partial<T> = {};
  for (const key in values) if (values[key] !== undefined) kept[key] = values[key];
  return kept as T;
}
