import type { RetryOptions } from "./options.js";

/** The longest that a timer can wait; beyond it, it would go off at once. */
const LONGEST = 2 ** 31 - 1;

const FACTORS: Record<Required<RetryOptions>["policy"], (retry: number, chance: number) => number> = {
  constant: () => 1,
  linear: (retry) => retry,
  exponential: (retry, chance) => 2 ** retry * (1 + 0.2 * chance),
};

/** Milliseconds before the first, second, … repetition, or what the answer asked for when that is longer. */
export function delayBefore(
  retry: number,
  { policy, delayMs }: Required<RetryOptions>,
  asked: number,
  chance: number,
): number {
  return Math.min(LONGEST, Math.max(asked, delayMs * FACTORS[policy](retry, chance)));
}

/** Milliseconds that a `Retry-After` asks for, in seconds or as a date. */
export function retryAfterMs(value: string | null, now: number): number {
  if (value === null) return 0;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
