import { type Deadline, type EndReason, LONGEST_TIMER_MS } from "./deadline.js";

/** How fast one number may go; a figure left out is no limit. */
export interface Pace {
  perSecond?: number | undefined;
  perMinute?: number | undefined;
  concurrency?: number | undefined;
}

/** A place in the lane, given back when the attempt is over. */
export interface Slot {
  leave(): void;
}

/** What became of the wish to start. */
export type Admission =
  | { kind: "in"; slot: Slot }
  /** Not now; `waitMs` says how long it would have taken, when that is known. */
  | { kind: "refused"; waitMs: number | undefined }
  | { kind: "ended"; reason: EndReason };

/**
 * After a hold the calls that waited follow each other this far apart: a server that has just said "too fast" must not
 * meet them all at once. Ours; no source names a figure.
 */
const RECOVERY_GAP_MS = 50;

interface Waiter {
  /** It has had its turn before, and goes before those that have not. */
  first: boolean;
  start(slot: Slot): void;
}

/** The calls of one number: in order, at its pace, and held back after a 429. */
export class Lane {
  readonly #pace: Pace;
  readonly #onSettled: () => void;
  readonly #queue: Waiter[] = [];
  /** The latest start times, as many as the largest window counts. */
  readonly #starts: number[] = [];
  #inFlight = 0;
  #heldUntil = 0;
  /** From a hold until everyone who waited for its end has left; whoever comes later owes nothing for it. */
  #isRecovering = false;
  #stillToRecover: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(pace: Pace, onSettled: () => void) {
    this.#pace = pace;
    this.#onSettled = onSettled;
  }

  /** Nobody starts for so long. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, performance.now() + ms);
    this.#isRecovering = true;
    this.#stillToRecover = undefined;
  }

  /** Asks for a slot. `first`: ahead of the others, for a call that has had its turn before. */
  enter(deadline: Deadline, options: { first: boolean; wait: boolean }): Admission | Promise<Admission> {
    const delay = this.#delay(performance.now());
    if (delay <= 0 && this.#queue.length === 0) return { kind: "in", slot: this.#start() };
    const known = delay > 0 && delay < Number.POSITIVE_INFINITY ? delay : undefined;
    if (deadline.isAborted) return { kind: "ended", reason: "aborted" };
    if (!options.wait || (known ?? 0) >= deadline.remainingMs) return { kind: "refused", waitMs: known };
    return this.#wait(deadline, options.first);
  }

  #wait(deadline: Deadline, first: boolean): Promise<Admission> {
    return new Promise((resolve) => {
      const stop = deadline.watch(Number.POSITIVE_INFINITY, (reason) => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        this.#pump();
        resolve({ kind: "ended", reason });
      });
      const waiter: Waiter = {
        first,
        start: (slot) => {
          stop();
          resolve({ kind: "in", slot });
        },
      };
      const place = first ? this.#queue.findIndex((other) => !other.first) : -1;
      this.#queue.splice(place < 0 ? this.#queue.length : place, 0, waiter);
      this.#pump();
    });
  }

  #start(): Slot {
    const now = performance.now();
    this.#starts.push(now);
    if (this.#starts.length > Math.max(1, this.#pace.perSecond ?? 0, this.#pace.perMinute ?? 0))
      this.#starts.shift();
    if (this.#isRecovering) {
      this.#stillToRecover = (this.#stillToRecover ?? this.#queue.length + 1) - 1;
      if (this.#stillToRecover === 0) this.#isRecovering = false;
    }
    this.#inFlight += 1;
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#inFlight -= 1;
        this.#pump();
      },
    };
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#queue.length > 0) {
      const delay = this.#delay(performance.now());
      if (delay > 0) {
        if (delay < Number.POSITIVE_INFINITY) {
          this.#timer = setTimeout(() => this.#pump(), Math.min(Math.ceil(delay), LONGEST_TIMER_MS));
        }
        return;
      }
      this.#queue.shift()?.start(this.#start());
    }
    if (performance.now() >= this.#heldUntil) this.#isRecovering = false;
    this.#onSettled();
  }

  /** Milliseconds until the next may start; infinite when that depends on one coming back. */
  #delay(now: number): number {
    if (now < this.#heldUntil) return this.#heldUntil - now;
    if (this.#inFlight >= (this.#pace.concurrency ?? Number.POSITIVE_INFINITY))
      return Number.POSITIVE_INFINITY;
    const last = this.#starts.at(-1) ?? Number.NEGATIVE_INFINITY;
    const gap = this.#isRecovering ? last + RECOVERY_GAP_MS - now : 0;
    return Math.max(
      gap,
      this.#window(this.#pace.perSecond, 1_000, now),
      this.#window(this.#pace.perMinute, 60_000, now),
    );
  }

  /** A sliding window: in no stretch of `ms` do more than `count` start. */
  #window(count: number | undefined, ms: number, now: number): number {
    if (count === undefined) return 0;
    const oldest = this.#starts.at(-count);
    return oldest === undefined ? 0 : oldest + ms - now;
  }

  /** Whether the lane has nothing left to remember: nobody in it, no hold, no window still running. */
  isForgettable(now: number): boolean {
    if (this.#inFlight > 0 || this.#queue.length > 0 || now < this.#heldUntil) return false;
    const { perSecond, perMinute } = this.#pace;
    const span = perMinute !== undefined ? 60_000 : perSecond !== undefined ? 1_000 : 0;
    return now - (this.#starts.at(-1) ?? Number.NEGATIVE_INFINITY) >= span;
  }
}
