import type { Outcome } from "../errors/index.js";

/** What an attempt that was no success left behind. */
export type Evidence =
  /** No status line came. `handed`: the request may have reached the server. */
  | { kind: "no_answer"; handed: boolean }
  /** A status line came, the rest was lost. */
  | { kind: "cut"; status: number }
  /** A complete answer. `timelock`: it says 463. */
  | { kind: "answer"; status: number; timelock: boolean };

/**
 * The one place that decides whether a message went out.
 *
 * 408 and 409 are no refusals: the server may be working on the request. 501 is one: the engine has no such call. 503
 * is never one: proxies answer it after the request was passed on. 463 comes in a 500, but is WhatsApp's refusal.
 */
export function outcomeOf(evidence: Evidence): Outcome {
  switch (evidence.kind) {
    case "no_answer":
      return evidence.handed ? "unknown" : "not_sent";
    case "cut":
      return isSuccess(evidence.status) ? "accepted" : "unknown";
    case "answer": {
      const { status, timelock } = evidence;
      // A complete 2xx gets here only when its body says `success: false`.
      if (isSuccess(status) || (status === 500 && timelock) || status === 501) return "rejected";
      const refused = status >= 300 && status < 500 && status !== 408 && status !== 409;
      return refused ? "rejected" : "unknown";
    }
  }
}

/** Whether a status says yes. */
export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

/** From the least to the most that may have happened. */
const BY_WEIGHT: readonly Outcome[] = ["not_sent", "rejected", "unknown", "accepted"];

/** What is known of a call after several attempts: an earlier one may have had its effect, whatever the last one says. */
export function worstOutcome(a: Outcome, b: Outcome): Outcome {
  return BY_WEIGHT.indexOf(a) > BY_WEIGHT.indexOf(b) ? a : b;
}
