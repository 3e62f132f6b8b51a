import { Budget } from "./budget.js";
import type { PaceOptions } from "./pace-options.js";
import type { PaceState } from "./pace-store.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hour = new Budget(HOUR_MS);
const day = new Budget(DAY_MS);

/** Our clock and the server's never run alike, and lost time must not add up to a refusal. Ours. */
const RATE_MARGIN = 0.998;

/** One message's wish for a slot. */
export interface SlotWish {
  now: number;
  /** The gap that was drawn for this message, in milliseconds. */
  gapMs: number;
  /** A hash of the address. */
  person: number;
  isNewChat: boolean;
  /** Whether a slot of the token bucket comes back unused: it was late. */
  isBack?: boolean;
  /** A slot from then on is of no use. Default: never too late. */
  before?: number;
}

/** Why there is no slot yet. The last two hold back new chats only. */
export type Shortage = "held" | "budget" | "new_chats_budget" | "reachout_timelock";

/**
 * A slot, or from when on it makes sense to ask again. Who comes later than `until` to a slot of a token bucket leaves it
 * and claims another: many late ones at once would be more than the bucket holds.
 */
export type Slot = { at: number; until?: number } | { notBefore: number; because: Shortage };

/**
 * The one place where the pace decides: claims the next slot of a number, in its state. What is claimed is near (a gap,
 * a bucket's refill); for what a budget or a hold refuses, or what comes too late, nothing is taken, so that an hour's
 * wait blocks nobody else.
 */
export function claimSlot(pace: PaceOptions, state: PaceState, wish: SlotWish): Slot {
  const { now, person, isNewChat } = wish;
  if ((state.heldUntil ?? 0) > now) return { notBefore: state.heldUntil!, because: "held" };
  if (isNewChat && (state.newChatsHeldUntil ?? 0) > now)
    return { notBefore: state.newChatsHeldUntil!, because: "reachout_timelock" };

  let at = now;
  if (pace.gapMs !== undefined && state.last !== undefined) at = Math.max(at, state.last + wish.gapMs);
  const tokenMs = pace.perSecond === undefined ? 0 : 1_000 / (pace.perSecond * RATE_MARGIN);
  if (wish.isBack && state.full !== undefined) state.full -= tokenMs;
  const quarter = (pace.burst ?? 1) / 4;
  const tokens = Math.max(1, Math.floor(quarter));
  if (tokenMs > 0) at = Math.max(at, (state.full ?? 0) - (tokens - 1) * tokenMs);
  const floorMs = pace.perRecipientMs ?? 0;
  if (floorMs > 0) at = Math.max(at, (latest(state, person) ?? Number.NEGATIVE_INFINITY) + floorMs);

  if (at >= (wish.before ?? Number.POSITIVE_INFINITY)) return { notBefore: at, because: "budget" };

  const free = Math.max(
    hour.earliest(state.hour, hourlyLimit(pace, state, at), at),
    day.earliest(state.day, pace.perDay, at),
  );
  if (free > at) return { notBefore: free, because: "budget" };
  const freeNew = isNewChat ? day.earliest(state.newChats, pace.newChatsPerDay, at) : at;
  if (freeNew > at) return { notBefore: freeNew, because: "new_chats_budget" };

  state.since ??= at;
  state.last = at;
  if (tokenMs > 0) state.full = Math.max(state.full ?? 0, at) + tokenMs;
  if (pace.perHour !== undefined || pace.warmUp !== undefined) state.hour = hour.spend(state.hour, at);
  if (pace.perDay !== undefined) state.day = day.spend(state.day, at);
  if (isNewChat && pace.newChatsPerDay !== undefined) state.newChats = day.spend(state.newChats, at);
  if (floorMs > 0) {
    state.people = (state.people ?? []).filter(([, before]) => before > at - floorMs);
    state.people.push([person, at]);
  }
  return tokenMs > 0 ? { at, until: at + Math.max(1, quarter) * tokenMs } : { at };
}

function latest({ people = [] }: PaceState, person: number): number | undefined {
  return people.findLast(([one]) => one === person)?.[1];
}

const WARM_UP_STEP_MS = 4 * DAY_MS;

function hourlyLimit(pace: PaceOptions, { since }: PaceState, at: number): number | undefined {
  const { warmUp = [], warmUpStepMs = WARM_UP_STEP_MS, perHour } = pace;
  const step = warmUp[Math.floor((at - (since ?? at)) / warmUpStepMs)];
  return step === undefined ? perHour : Math.min(step, perHour ?? step);
}
