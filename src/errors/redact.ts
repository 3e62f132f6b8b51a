import { findNumber, findSecret, type Stretch } from "./find-secret.js";

/** Seven digits are the shortest phone number there is (E.164 with its country code). */
const LONG_DIGIT_RUN = /\d{7,}/g;

/** What people put between the digits of a number. */
const BETWEEN = "[ \\t\\u00a0\\u202f().\\-\\u2010-\\u2015\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]";

const DATE = [
  "(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])(?!\\d)",
  "\\d{1,2}[./-]\\d{1,2}[./-](?:19|20)\\d\\d(?!\\d)",
].join("|");
const IPV4 = "\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?![.-]?\\d)";

/** Digits in groups: from seven on behind a `+`, from eight on without. No two ways to match one text: linear time. */
const NUMBER_LIKE = new RegExp(
  `${DATE}|${IPV4}|\\+\\d(?:${BETWEEN}{0,3}\\d){6,}|\\d{7,}|\\d(?:\\d|${BETWEEN}{1,3}(?!${DATE})\\d){7,}`,
  "g",
);
/** Also a price: groups of three and two decimals. */
const NO_PHONE = new RegExp(`^(?:${DATE}|${IPV4}|\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+\\.\\d\\d)$`);

/**
 * Masks what could be a phone number, down to its last four digits: `14155550123`, `+1 415 555-0123`, `(415) 555 0123`.
 * Eight digits without a `+` are one only if nothing but spaces is between them: `1000-2000` is a range.
 */
export function maskNumbers(text: string): string {
  return text.replace(NUMBER_LIKE, (found) => {
    const digits = found.replace(/\D/g, "");
    if (found.startsWith("+")) return `+${mask(digits)}`;
    if (digits.length === found.length) return mask(digits);
    if (NO_PHONE.test(found)) return found;
    if (digits.length === 8 && /[^\d\s]/.test(found)) return found.replace(LONG_DIGIT_RUN, mask);
    return mask(digits);
  });
}

function mask(digits: string): string {
  return `…${digits.slice(-4)}`;
}

/** Takes out of a text what must not be in it. `isCut`: the text ends where it was cut off. */
export type Redact = (text: string, isCut?: boolean) => string;

/**
 * Takes the caller's own words (the key, the texts of the request) and phone numbers out of a text that the server
 * wrote: it may echo what it was sent.
 */
export function redactor(secrets: readonly string[]): Redact {
  const numbers = secrets.flatMap((secret) => {
    const digits = NUMBER.exec(secret)?.[1];
    return digits === undefined ? [] : [{ digits, by: /[+@]/.test(secret) ? mask(digits) : GONE }];
  });
  const words = secrets.filter((secret) => !NUMBER.test(secret));
  return (text, isCut = false) => {
    // Looked for in the text as it came: a replacement could hide half of another secret.
    const found = [
      ...words.flatMap((secret) => findSecret(text, secret, isCut).map((at) => ({ ...at, by: GONE }))),
      ...numbers.flatMap(({ digits, by }) => findNumber(text, digits).map((at) => ({ ...at, by }))),
    ];
    return maskNumbers(replace(text, found));
  };
}

const GONE = "[redacted]";

/** A phone number or an id made of one; without `+` and `@` it may as well be a code, of which nothing is shown. */
const NUMBER = /^\+?(\d{7,})(?:@[\w.]+)?$/;

function replace(text: string, found: (Stretch & { by: string })[]): string {
  let clean = "";
  let at = 0;
  for (const { start, end, by } of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= at) clean += text.slice(at, start) + by;
    at = Math.max(at, end);
  }
  return clean + text.slice(at);
}

/** {@link redactor} for a text of which only the beginning is kept: what the cut leaves of a secret goes, too. */
export function redactShort(redact: Redact, text: string, longest: number): string {
  return redact(text.slice(0, 2 * longest), text.length > 2 * longest).slice(0, longest);
}

/** A reader of an error needs no more of one string. */
const LONGEST_STRING = 2_048;
/** Nothing that a server says is nested deeper. */
const DEEPEST = 20;

/** {@link redactor} for every string inside a JSON value, keys included. */
export function redactDeep(redact: Redact, value: unknown, depth = 0): unknown {
  const clean = (text: string) => redactShort(redact, text, LONGEST_STRING);
  if (typeof value === "string") return clean(value);
  if (typeof value === "number") return isPhone(redact, value) ? clean(String(value)) : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return "…";
  if (Array.isArray(value)) return value.map((item) => redactDeep(redact, item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [clean(key), redactDeep(redact, item, depth + 1)]),
  );
}

/** JSON may hold a phone number as a number. Its digits set apart are masked only if they are one of the request's. */
function isPhone(redact: Redact, value: number): boolean {
  const apart = [...String(value)].join("\n");
  return redact(apart) !== apart;
}

/**
 * The strings of a request that must not come back out of it in an error: texts, captions, addresses, file names.
 */
export function secretsOf(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found);
  return [...found];
}

/** One and two letters occur in any sentence; taking them out would destroy the message and hide nothing. */
const SHORTEST_SECRET = 3;

/** Ids that a reader of the error needs; a phone number inside one is masked like any other. */
const NOT_SECRET = new Set(["session", "messageId", "replyTo"]);

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === "string") {
    if (value.trim().length >= SHORTEST_SECRET) found.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) if (!NOT_SECRET.has(key)) collect(item, found);
  }
}
