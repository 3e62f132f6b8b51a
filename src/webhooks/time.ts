/** Seconds on the wire stay below this until the year 5138, milliseconds are above it since 1973. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** The last instant a `Date` can hold. */
const LAST_MILLISECONDS = 8_640_000_000_000_000;

/** A timer of more than this fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Milliseconds since 1970 out of a wire time in seconds (also fractional) or milliseconds; `undefined` if it is none. */
export function wireMs(value: unknown): number | undefined {
  const time = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof time !== "number" || !(time > 0) || time > LAST_MILLISECONDS) return undefined;
  return time < FIRST_MILLISECONDS ? Math.round(time * 1000) : Math.round(time);
}

/** {@link wireMs} as a `Date`. */
export function wireDate(value: unknown): Date | undefined {
  const ms = wireMs(value);
  return ms === undefined ? undefined : new Date(ms);
}
