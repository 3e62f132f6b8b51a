import type { PaceOptions } from "./pace-options.js";

const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

/**
 * The figures of the pace `"careful"`, to be changed one by one. They keep a number from looking like a machine; they
 * guarantee nothing, and they do not replace the consent of those you write to.
 *
 * @example
 * ```ts
 * // A number that has been in use for long, at most 300 messages a day:
 * wasend.bulk.campaign({ …, pace: { ...carefulPace, warmUp: [], perDay: 300 } });
 * ```
 */
export const carefulPace: Readonly<Omit<PaceOptions, "store">> = {
  // The engine's guide on avoiding blocks: between messages a random 30 to 60 s, never a fixed time.
  gapMs: { min: 30 * SECOND, max: 60 * SECOND },
  // A gateway vendor's guide on blocking (effess.in): about 80 an hour …
  perHour: 80,
  // … after a warm-up of one to two weeks: 20 an hour, then 40, then 80.
  warmUp: [20, 40, 80],
  // Ours: three steps of four days are the two weeks of that guide, rounded down.
  warmUpStepMs: 4 * DAY,
  // Ours, from the engine's guide, which says "not round the clock" without a figure: ten full hours.
  perDay: 800,
  // The lowest tier of Meta's messaging limits: 250 people a day whom one has not written with.
  newChatsPerDay: 250,
  // Meta's pair rate limit: one message to the same person in 6 s.
  perRecipientMs: 6 * SECOND,
};
