import type { Run } from "./run.js";
import type { PauseReason, Verdict } from "./verdict.js";

/** The first wait before a number is asked whether it is ready, doubled each time up to the longest. Ours. */
export const FIRST_WAIT_MS = 5_000;
export const LONGEST_WAIT_MS = 300_000;

/**
 * How long a number opens no new chats after WhatsApp's error 463, doubled each time up to the longest. Ours: each
 * further attempt is said to make it worse, and users report a day of restriction.
 */
export const FIRST_LOCK_MS = 6 * 3_600_000;
export const LONGEST_LOCK_MS = 24 * 3_600_000;

/** When one number rests, and when it is over. */
export class LaneRest {
  readonly #run: Run;
  readonly #session: string;
  #resting: Promise<void> | undefined;
  #waits = 0;
  #locks = 0;
  #lockedUntil = 0;
  #newChatsLater: number | undefined;
  /** The run ends before this number may write again. */
  #isOut = false;

  constructor(run: Run, session: string) {
    this.#run = run;
    this.#session = session;
  }

  /** Whether the number has to wait although its slot has come. */
  get isDue(): boolean {
    return this.#isOut || this.#resting !== undefined || this.#run.isPaused;
  }

  /** Waits until the number may write; `false` when the run is over. */
  async over(): Promise<boolean> {
    while (this.isDue && !this.#isEnd) await (this.#resting ?? this.#run.untilResumed());
    return !this.#isEnd;
  }

  get #isEnd(): boolean {
    return this.#isOut || this.#run.isOver;
  }

  /** A message has arrived: whatever was wrong is over. */
  isWell(withNewChat: boolean): void {
    this.#waits = 0;
    if (withNewChat) this.#locks = 0;
  }

  /** Rests for what an attempt showed. */
  async after({ pause, waitMs }: Extract<Verdict, { row: "pending" }>, isNewChat: boolean): Promise<void> {
    const { pace, clock } = this.#run.setup;
    const now = clock.now();
    if (pause === "rate_limited") {
      const ms = waitMs ?? this.#nextWait();
      await pace.hold(this.#session, "all", now + ms);
      return this.start(pause, ms);
    }
    if (pause !== "reachout_timelock") return this.start(pause);
    if (now >= this.#lockedUntil) {
      this.#lockedUntil = now + Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** this.#locks);
      this.#locks += 1;
    }
    await pace.hold(this.#session, "new_chats", this.#lockedUntil);
    // Said of a running chat, it concerns them all.
    if (!isNewChat) await this.start(pause, this.#lockedUntil - now);
  }

  /** The number rests: so long, or with growing waits until it is ready. One rest at a time. */
  start(reason: PauseReason, waitMs?: number): Promise<void> {
    this.#resting ??= this.#restOnce(reason, waitMs).finally(() => {
      this.#resting = undefined;
    });
    return this.#resting;
  }

  async #restOnce(reason: PauseReason, waitMs: number | undefined): Promise<void> {
    const { clock } = this.#run.setup;
    this.#run.tellPaused(this.#session, reason);
    const isReady = async () => reason === "rate_limited" || this.#untilReady();
    const slept = await this.#run.sleepUntil(clock.now() + (waitMs ?? this.#nextWait()));
    if (slept && (await isReady())) this.#run.tellResumed(this.#session);
    else this.#isOut = true;
  }

  async #untilReady(): Promise<boolean> {
    const { sender, clock } = this.#run.setup;
    const look = () => this.#run.untilStop((signal) => sender.isReady(this.#session, { signal }));
    // What cannot be found out is not ready: no network, no valid key.
    while (!(await look().catch(() => false))) {
      if (!(await this.#run.sleepUntil(clock.now() + this.#nextWait()))) return false;
    }
    return !this.#run.isOver;
  }

  #nextWait(): number {
    const ms = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#waits);
    this.#waits += 1;
    return ms;
  }

  /** New chats wait until then; running chats go on. */
  leaveNewChat(notBefore: number, reason: "new_chats_budget" | "reachout_timelock"): void {
    if (this.#newChatsLater === undefined) this.#run.tellPaused(this.#session, reason);
    this.#newChatsLater = Math.max(this.#newChatsLater ?? 0, notBefore);
  }

  /** Waits until new chats may be opened again; `false` when none is left over, or the run is. */
  async newChatsLater(): Promise<boolean> {
    const until = this.#newChatsLater;
    if (until === undefined || !(await this.#run.sleepUntil(until)) || !(await this.#untilReady()))
      return false;
    this.#newChatsLater = undefined;
    this.#run.tellResumed(this.#session);
    return true;
  }
}
