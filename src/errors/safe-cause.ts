import { type Redact, redactDeep } from "./redact.js";

/** What system errors say about themselves, and what says nothing about a request. */
const PLAIN = [
  "code",
  "errno",
  "syscall",
  "hostname",
  "host",
  "address",
  "port",
  "library",
  "reason",
] as const;
const OWN = new Set<PropertyKey>([...PLAIN, "name", "message", "stack", "cause", "errors"]);

/** Causes of causes of causes say nothing new. */
const DEEPEST = 4;

/** What a copy may be: all else may look into itself for what a copy does not have, as DOMException does. */
const KINDS = [TypeError, RangeError, SyntaxError, ReferenceError] as const;

/**
 * What was caught, without what it may hold of the request: parsers keep the bytes that they could not read, and a
 * user's own `fetch` may throw anything. An error that holds nothing of the kind stays the very same.
 */
export function safeCause(caught: unknown, redact: Redact): unknown {
  try {
    return safe(caught, redact, 0);
  } catch {
    // What cannot be looked at must not take the place of the error that it led to.
    return undefined;
  }
}

function safe(caught: unknown, redact: Redact, depth: number): unknown {
  if (depth > DEEPEST) return undefined;
  if (!(caught instanceof Error)) return redactDeep(redact, isPlain(caught) ? pick(caught) : caught);
  const cause = safe(caught.cause, redact, depth + 1);
  const errors = errorsOf(caught)?.map((error) => safe(error, redact, depth + 1));
  const message = redact(String(caught.message));
  const isSafe =
    message === caught.message &&
    cause === caught.cause &&
    errors?.every((error, at) => error === errorsOf(caught)?.[at]) !== false &&
    Reflect.ownKeys(caught).every((key) => OWN.has(key));
  if (isSafe) return caught;
  const Kind = KINDS.find((kind) => caught instanceof kind) ?? Error;
  const copy = new Kind(message);
  const name = redact(String(caught.name));
  hide(copy, {
    stack: redact(String(caught.stack ?? "")),
    cause,
    errors,
    ...(name !== copy.name && { name }),
  });
  const plain = redactDeep(redact, pick(caught)) as Record<string, unknown>;
  for (const [key, value] of Object.entries(plain)) define(copy, key, value, true);
  return copy;
}

function errorsOf(error: Error): unknown[] | undefined {
  const { errors } = error as { errors?: unknown };
  return Array.isArray(errors) ? errors : undefined;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function pick(value: object): Record<string, unknown> {
  const entries = PLAIN.map((key) => [key, (value as Record<string, unknown>)[key]] as const);
  return Object.fromEntries(
    entries.filter(([, item]) => typeof item === "string" || typeof item === "number"),
  );
}

/** As on every error: there, but not among its enumerable fields. */
function hide(target: object, fields: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(fields))
    if (value !== undefined) define(target, key, value, false);
}

/** Not assigned: a prototype may have a getter of that name. */
function define(target: object, key: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, key, { value, enumerable, configurable: true, writable: true });
}
