import { onAbort } from "./abort-listener.js";

/** Why something that a call waited for ended before its time. */
export type EndReason = "limit" | "deadline" | "aborted";

/** Timers take at most this; a longer one would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The time one whole call has, and the caller's way to end it earlier. Whatever a call waits for (an answer, a back-off,
 * a place in the queue) is watched here.
 */
export class Deadline {
  readonly ms: number;
  readonly #expiresAt: number;
  readonly #signal: AbortSignal | undefined;
  readonly #unlisten: (() => void) | undefined;
  #onAbort: (() => void) | undefined;

  /** `limit`: milliseconds, or the moment itself. */
  constructor(limit: number | Date, signal?: AbortSignal) {
    const ms = limit instanceof Date ? Math.max(0, limit.getTime() - Date.now()) : limit;
    this.ms = ms;
    this.#expiresAt = performance.now() + ms;
    this.#signal = signal;
    this.#unlisten = signal && onAbort(signal, () => this.#onAbort?.());
  }

  /** Milliseconds left; 0 when over. */
  get remainingMs(): number {
    return Math.max(0, this.#expiresAt - performance.now());
  }

  get isAborted(): boolean {
    return this.#signal?.aborted === true;
  }

  /** Why nothing more may be started, if that is so. */
  get endedBy(): "aborted" | "deadline" | undefined {
    if (this.isAborted) return "aborted";
    return this.remainingMs === 0 ? "deadline" : undefined;
  }

  get abortReason(): unknown {
    return this.#signal?.reason;
  }

  /**
   * Calls `onEnd` once: after `limitMs`, at the deadline or at the caller's abort, whichever is first. A call watches one
   * thing at a time. The returned function ends the watch and its timer.
   */
  watch(limitMs: number, onEnd: (reason: EndReason) => void): () => void {
    const remaining = this.remainingMs;
    const ms = Math.min(limitMs, remaining);
    const end = (reason: EndReason) => {
      stop();
      onEnd(reason);
    };
    const timer =
      ms === Number.POSITIVE_INFINITY
        ? undefined
        : setTimeout(end, Math.min(ms, LONGEST_TIMER_MS), limitMs <= remaining ? "limit" : "deadline");
    this.#onAbort = () => end("aborted");
    const stop = () => {
      clearTimeout(timer);
      this.#onAbort = undefined;
    };
    return stop;
  }

  /** Waits; resolves early at the caller's abort or the deadline. */
  sleep(ms: number): Promise<EndReason> {
    return this.isAborted ? Promise.resolve("aborted") : new Promise((resolve) => this.watch(ms, resolve));
  }

  /** Takes the listener off the caller's signal, which may outlive a thousand calls. */
  dispose(): void {
    this.#unlisten?.();
  }
}
