import type { RateLimitInfo } from "../errors/index.js";
import { header, type ResponseHeaders } from "./response.js";

/**
 * What the server says about its limits: `X-RateLimit-*`, `RateLimit-*`, or the single `RateLimit` field of the later
 * drafts. `undefined` when it says nothing; WASend documents none of them, so none is expected.
 */
export function rateLimitInfo(headers: ResponseHeaders, now: number): RateLimitInfo | undefined {
  const policy = fields(header(headers, "ratelimit-policy"));
  const combined = fields(header(headers, "ratelimit"));
  const read = (name: string, short: string, ...from: Fields[]): number | undefined =>
    number(header(headers, `x-ratelimit-${name}`)) ??
    number(header(headers, `ratelimit-${name}`)) ??
    from.map((field) => number(field[short] ?? field[name])).find((value) => value !== undefined);
  const limit = read("limit", "q", policy, combined);
  const remaining = read("remaining", "r", combined);
  const reset = read("reset", "t", combined);
  if (limit === undefined && remaining === undefined && reset === undefined) return undefined;
  return {
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(reset !== undefined && { resetAt: new Date(resetTime(reset, now)) }),
  };
}

type Fields = Record<string, string | undefined>;

/** `limit=10, remaining=3, reset=5` and `"default";r=3;t=5` alike. */
function fields(text: string | undefined): Fields {
  return Object.fromEntries(
    [...(text ?? "").matchAll(/([a-z]+)=(\d+)/g)].map(([, name, value]) => [name, value]),
  );
}

function number(text: string | undefined): number | undefined {
  const digits = text?.match(/^\s*(\d+(?:\.\d+)?)/)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Three readings are in use, and their sizes tell them apart: seconds from now, Unix seconds, Unix milliseconds. */
function resetTime(value: number, now: number): number {
  if (value >= 1e11) return value;
  return value >= 1e9 ? value * 1000 : now + value * 1000;
}
