import { LaneRest } from "./lane-rest.js";
import { lastChecks } from "./last-checks.js";
import type { Run } from "./run.js";
import type { RenderedMessage } from "./types.js";
import { type Verdict, verdictOf } from "./verdict.js";

/** A row of one lane that can be sent. */
export interface LaneRow {
  row: number;
  to: string;
  message: RenderedMessage;
  isNewChat: boolean;
}

/** With `onUnknown: "mayDuplicate"`, how often one run sends a message of which nobody knows. As often as a client tries. */
const TRIES = 3;

const SENT: Verdict = { row: "sent", reason: "" };

/** One number at work: takes its rows in order, and stands by each until it is through or put back. */
export class Lane {
  readonly #run: Run;
  readonly #session: string;
  readonly #rest: LaneRest;
  #failures = 0;

  constructor(run: Run, session: string) {
    this.#run = run;
    this.#session = session;
    this.#rest = new LaneRest(run, session);
  }

  /** Goes through the source, and again as long as new chats had to be left for later. */
  async work(): Promise<void> {
    do {
      const rows = this.#run.rowsOf(this.#session);
      // The first goes alone: if the key or the number is wrong, one request says so, and the connection is warm.
      await this.#worker(rows, 1);
      const workers = Array.from({ length: this.#run.setup.concurrency }, () => this.#worker(rows));
      await Promise.all(workers);
      await this.#close(rows);
    } while (await this.#rest.newChatsLater());
  }

  /** Never rejects, as the workers never do. */
  async #close(rows: AsyncGenerator<LaneRow, void, undefined>): Promise<void> {
    try {
      await rows.return();
    } catch (error) {
      this.#run.fail(error);
    }
  }

  /** Never rejects: the others have requests under way. */
  async #worker(
    rows: AsyncGenerator<LaneRow, void, undefined>,
    most = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    try {
      for (let count = 0; count < most && !this.#run.isOver; count += 1) {
        const next = await rows.next();
        if (next.done) return;
        if (!(await this.#process(next.value))) return;
      }
    } catch (error) {
      this.#run.fail(error);
    }
  }

  /** `false` when there is no time for it, nor for any later one. */
  async #process(row: LaneRow): Promise<boolean> {
    const { pace, mayDuplicate, clock } = this.#run.setup;
    let wasPutBack = false;
    let isLate = false;
    for (let tries = 1; this.#rest.isDue ? await this.#rest.over() : !this.#run.isOver; ) {
      const slot = await pace.claim(this.#session, row.to, row.isNewChat, this.#run.endsAt, isLate);
      if ("notBefore" in slot) {
        const { notBefore, because } = slot;
        if (because === "new_chats_budget" || because === "reachout_timelock") {
          this.#rest.leaveNewChat(notBefore, because);
          return true;
        }
        if (because === "held") await this.#rest.start("rate_limited", notBefore - clock.now());
        else if (!(await this.#run.sleepUntil(notBefore))) return false;
        continue;
      }
      if (slot.at > clock.now() && !(await this.#run.sleepUntil(slot.at))) return false;
      isLate = slot.until !== undefined && clock.now() > slot.until;
      if (isLate || this.#rest.isDue) continue;

      const sendable = this.#hasChecks ? await this.#lastChecks(row) : row.message;
      if (sendable === undefined) return true;
      const { verdict, error } = await this.#attempt(row, sendable);
      if (verdict.row === "sent") return true;
      if (verdict.row === "pending") {
        await this.#rest.after(verdict, row.isNewChat);
        continue;
      }
      this.#failures += 1;
      const mustRest = this.#failures >= this.#run.setup.failuresBeforePause;
      if (verdict.row === "failed" && mustRest && !wasPutBack) {
        // Too many in a row are no coincidence: this one gets another chance once the number is well.
        wasPutBack = true;
        await this.#run.putBack(row, this.#session, "pending", "failures");
      } else if (verdict.row === "unknown" && mayDuplicate && tries < TRIES) {
        tries += 1;
        await this.#run.putBack(row, this.#session, "unknown", verdict.reason);
      } else {
        await this.#run.finish(row, verdict.row, { reason: verdict.reason, session: this.#session, error });
        if (mustRest) await this.#restAfterFailures();
        return true;
      }
      if (mustRest) await this.#restAfterFailures();
    }
    return false;
  }

  /** The number is ready again: what fails from now on is another matter. */
  async #restAfterFailures(): Promise<void> {
    await this.#rest.start("failures");
    this.#failures = 0;
  }

  get #hasChecks(): boolean {
    const { suppressions, checkExists, typing } = this.#run.setup;
    return suppressions !== undefined || checkExists || typing;
  }

  /** Gives the message as it is to be sent, or nothing when it is not. */
  async #lastChecks(row: LaneRow): Promise<RenderedMessage | undefined> {
    const { setup } = this.#run;
    const checked = await lastChecks(setup, this.#session, row, (ms) =>
      this.#run.untilStop((signal) => setup.clock.sleep(ms, signal)),
    );
    if ("message" in checked) return this.#run.isOver ? undefined : checked.message;
    await this.#run.finish(row, "skipped", { reason: checked.skip });
    return undefined;
  }

  /** Writes down that it sends, sends, and writes down what is certain to be the end. */
  async #attempt(row: LaneRow, message: RenderedMessage): Promise<{ verdict: Verdict; error?: unknown }> {
    const { sender, clock } = this.#run.setup;
    const session = this.#session;
    const { row: number, to } = row;
    await this.#run.record({ type: "attempt", row: number, to, session, at: clock.now(), message }, true);
    let sent: Awaited<ReturnType<typeof sender.send>>;
    try {
      sent = await sender.send(message, { session });
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict.row === "pending") await this.#run.putBack(row, session, "pending", verdict.pause);
      if (verdict.row !== "sent") return { verdict, error };
      sent = {};
    }
    this.#failures = 0;
    this.#rest.isWell(row.isNewChat);
    await this.#run.finish(row, "sent", { session, messageId: sent.id });
    const alias = sent.recipient || sent.to;
    if (alias && alias !== to) await this.#learn(to, alias);
    return { verdict: SENT };
  }

  /** A hint for later: a list that cannot take it must not end a run whose message has arrived. */
  async #learn(to: string, alias: string): Promise<void> {
    try {
      await this.#run.setup.suppressions?.learn?.(to, alias);
    } catch {}
  }
}
