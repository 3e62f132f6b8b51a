import type { GapRange } from "./gap.js";
import type { PaceStore } from "./pace-store.js";

/**
 * How fast one number writes. Every figure counts per number; a figure left out is no limit.
 *
 * @example
 * ```ts
 * const campaign = wasend.bulk.campaign({ …, pace: { ...carefulPace, perDay: 300, store: filePace("pace.json") } });
 * ```
 */
export interface PaceOptions {
  /** Messages a second, as a token bucket: for a server that says how much it takes. */
  perSecond?: number;
  /**
   * The bucket's capacity. A quarter of it is used for bursts, a quarter for slots that are taken late, and half is left
   * for the network, which delivers evenly sent requests unevenly. Default: 1.
   */
  burst?: number;
  /** The gap between two messages, drawn anew each time from a distribution within these milliseconds. */
  gapMs?: GapRange;
  /** Messages in any 60 minutes. */
  perHour?: number;
  /** Messages in any 24 hours. */
  perDay?: number;
  /** New chats in any 24 hours; who counts as new says the campaign's `isNewChat`. */
  newChatsPerDay?: number;
  /**
   * Messages an hour for a number that starts: one figure for each step of `warmUpStepMs`, counted from the first slot
   * that the store has seen of it. After the last one `perHour` holds. An empty list is for a number long in use.
   */
  warmUp?: readonly number[];
  /** Milliseconds that each step of the warm-up lasts. Default: 4 days. */
  warmUpStepMs?: number;
  /** Milliseconds between two messages to the same person, whichever campaign sends them. */
  perRecipientMs?: number;
  /** Where slots are claimed. Default: the memory of this client; `filePace(path)` outlives the process. */
  store?: PaceStore;
}

/** `"careful"` (see {@link carefulPace}), `"none"` for no pace at all, or figures of one's own. */
export type PaceChoice = "careful" | "none" | PaceOptions;
