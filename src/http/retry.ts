import type { RetryClass } from "../contract/operation.js";
import type { Outcome } from "../errors/index.js";

/** One failed attempt, as far as the decision needs it. */
export interface FailedAttempt {
  retry: RetryClass;
  /** What this attempt left behind, whatever came before it. */
  outcome: Outcome;
  /** The status of a complete answer; `undefined` when none came or its body was cut. */
  status: number | undefined;
  /** Which attempt it was, from 1. */
  attempt: number;
  maxRetries: number;
  /** The server's wait, in milliseconds. */
  retryAfterMs: number | undefined;
  /** The server's own word (`x-should-retry: false`). It cannot ask for what would not be done without it. */
  forbidden: boolean;
  /** What is left of the deadline, in milliseconds. */
  remainingMs: number;
  /** 0 to 1. */
  random: () => number;
}

const FIRST_BACK_OFF_MS = 500;
const LONGEST_BACK_OFF_MS = 8_000;

/**
 * How long to wait before the next attempt, in milliseconds, or `undefined` to give up.
 *
 * A send is tried again only if it provably did not go out (`not_sent`), or was refused with the request to come back
 * later (429). A read may also be repeated after `unknown`. A refusal other than 429 would be the same the next time.
 */
export function retryDelay(failed: FailedAttempt): number | undefined {
  if (failed.attempt > failed.maxRetries || failed.forbidden || !mayRepeat(failed)) return undefined;
  const wait = failed.retryAfterMs ?? backOff(failed.attempt, failed.random);
  return wait < failed.remainingMs ? wait : undefined;
}

function mayRepeat({ retry, outcome, status }: FailedAttempt): boolean {
  switch (outcome) {
    case "not_sent":
      return true;
    case "rejected":
      return status === 429;
    case "unknown":
      return retry === "always";
    case "accepted":
      // A complete 2xx is never repeated; one whose body was cut has no complete answer, so no status here.
      return retry === "always" && status === undefined;
  }
}

/** Full jitter: any time up to the exponential bound, so that many clients do not come back together. */
function backOff(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (attempt - 1));
}
