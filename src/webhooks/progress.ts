import type { AckStatus } from "./events/event-types.js";

/** The statuses of an own message that count, in the order they are overtaken in. */
const RANKS: Record<AckStatus, number> = {
  unknown: -1,
  pending: 0,
  sent: 1,
  // A failure counts only while nothing says that the message arrived, and gives way to anything that does.
  failed: 1.5,
  delivered: 2,
  read: 3,
  played: 4,
};

/** Whether a message that is `from` goes on to `to`: forward only. */
export function isForward(from: AckStatus | undefined, to: AckStatus): boolean {
  return RANKS[to] > (from === undefined ? RANKS.unknown : RANKS[from]);
}

/** Whether somebody who waits for `target` has it, or never will. */
export function isReached(status: AckStatus | undefined, target: AckStatus): boolean {
  if (status === undefined) return false;
  return status === "failed" || RANKS[status] >= RANKS[target];
}
