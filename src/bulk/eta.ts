import { meanGap } from "./gap.js";
import type { PaceOptions } from "./pace-options.js";
import type { PaceState } from "./pace-store.js";
import { claimSlot } from "./slot.js";

/** What one send takes where the pace leaves that open. Ours; no source names a figure. */
const SEND_MS = 300;

/** So many slots are claimed one by one; by then every budget has come round, and the rest goes on at that rate. */
const LONGEST_WALK = 50_000;

/** Points of a curve. More would not show in a progress bar. */
const POINTS = 200;

/** One lane's work as the estimate sees it. */
export interface LaneForecast {
  messages: number;
  newChats: number;
  state: PaceState;
  now: number;
  concurrency: number;
}

/**
 * When each message of a lane is due, found by claiming slots as the run will, at the mean gap: points of a curve, from
 * nothing sent (0) to all sent.
 */
export function forecast(pace: PaceOptions, lane: LaneForecast): EtaCurve {
  const { messages, newChats, state, concurrency } = lane;
  if (isFree(pace)) return new EtaCurve(messages, [0, (messages * SEND_MS) / concurrency], 1);
  const gapMs = pace.gapMs === undefined ? 0 : meanGap(pace.gapMs);
  const walk = Math.min(messages, LONGEST_WALK);
  const every = Math.max(1, Math.ceil(walk / POINTS));
  const points: number[] = [0];
  let now = lane.now;
  for (let sent = 0; sent < walk; ) {
    const isNewChat =
      Math.floor(((sent + 1) * newChats) / messages) > Math.floor((sent * newChats) / messages);
    // A person of its own each time: the floor per person is not what holds a list without duplicates up.
    const slot = claimSlot(pace, state, { now, gapMs, person: -sent, isNewChat });
    if ("notBefore" in slot) {
      if (slot.notBefore === Number.POSITIVE_INFINITY) return new EtaCurve(messages, [0, slot.notBefore], 1);
      now = slot.notBefore;
      continue;
    }
    now = Math.max(slot.at, now + (isPaced(pace) ? 0 : SEND_MS / concurrency));
    sent += 1;
    if (sent % every === 0) points.push(now - lane.now);
  }
  if (walk % every !== 0) points.push(now - lane.now);
  return new EtaCurve(messages, points, walk / messages);
}

const isPaced = ({ gapMs, perSecond }: PaceOptions): boolean =>
  gapMs !== undefined || perSecond !== undefined;

const isFree = ({ store: _, perRecipientMs: __, ...limits }: PaceOptions): boolean =>
  Object.keys(limits).length === 0;

/** See {@link forecast}. */
export class EtaCurve {
  readonly #messages: number;
  readonly #points: readonly number[];
  readonly #walked: number;

  constructor(messages: number, points: readonly number[], walked: number) {
    this.#messages = messages;
    this.#points = points;
    this.#walked = walked;
  }

  /** Milliseconds until all are sent, when so many are. */
  left(sent = 0): number {
    if (this.#messages === 0) return 0;
    const end = (this.#points.at(-1) ?? 0) / this.#walked;
    const place = (Math.min(1, sent / this.#messages) / this.#walked) * (this.#points.length - 1);
    const before = this.#points[Math.floor(place)];
    if (before === undefined) return Math.max(0, end * (1 - sent / this.#messages));
    const after = this.#points[Math.ceil(place)] ?? before;
    return Math.max(0, end - (before + (after - before) * (place % 1)));
  }
}
