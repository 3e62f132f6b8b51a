import { header, type ResponseHeaders } from "./response.js";

/** The wait that a server asks for, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as HTTP date. */
export function retryAfterMs(headers: ResponseHeaders, now: number): number | undefined {
  const ms = decimal(header(headers, "retry-after-ms"));
  if (ms !== undefined) return ms;
  const text = header(headers, "retry-after")?.trim();
  const seconds = decimal(text);
  if (seconds !== undefined) return seconds * 1000;
  // Date.parse takes much that is no HTTP date, such as "-1"; a date always names its month.
  const date = text !== undefined && /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** `x-should-retry`, with which a server can forbid a repeat. */
export function forbidsRetry(headers: ResponseHeaders): boolean {
  return header(headers, "x-should-retry") === "false";
}

function decimal(text: string | undefined): number | undefined {
  const value = text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}
