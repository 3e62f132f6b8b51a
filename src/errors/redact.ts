/** Seven digits are the shortest phone number there is (E.164 with its country code). */
const LONG_DIGIT_RUN = /\d{7,}/g;

/** Masks every run of digits that could be a phone number, down to its last four. */
export function maskNumbers(text: string): string {
  return text.replace(LONG_DIGIT_RUN, (digits) => `…${digits.slice(-4)}`);
}

/**
 * Takes the caller's own words (the key, the texts of the request) and phone numbers out of a text that the server
 * wrote: it may echo what it was sent.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) if (secret.length > 0) clean = clean.replaceAll(secret, "[redacted]");
  return maskNumbers(clean);
}

/** {@link redact} for every string inside a JSON value, keys included. */
export function redactDeep(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return redact(value, secrets);
  if (Array.isArray(value)) return value.map((item) => redactDeep(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [redact(key, secrets), redactDeep(item, secrets)]),
  );
}

/**
 * The strings of a request that must not come back out of it in an error: texts, captions, addresses, file names.
 * Longest first, so that a text which contains another is taken out whole.
 */
export function secretsOf(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found);
  return [...found].sort((a, b) => b.length - a.length);
}

/** One and two letters occur in any sentence; taking them out would destroy the message and hide nothing. */
const SHORTEST_SECRET = 3;

/** Ids that a reader of the error needs; a phone number inside one is masked like any other. */
const NOT_SECRET = new Set(["session", "messageId", "replyTo"]);

function collect(value: unknown, found: Set<string>): void {
  if (typeof value === "string") {
    if (value.length >= SHORTEST_SECRET) found.add(value);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) if (!NOT_SECRET.has(key)) collect(item, found);
  }
}
