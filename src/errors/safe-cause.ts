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

/**
 * What was caught, without what it may hold of the request: parsers keep the bytes that they could not read, and a
 * user's own `fetch` may throw anything. An error that holds nothing of the kind stays the very same.
 */
export function safeCause(caught: unknown, redact: Redact, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (!(caught instanceof Error)) return redactDeep(redact, isPlain(caught) ? pick(caught) : caught);
  const cause = safeCause(caught.cause, redact, depth + 1);
  const errors = errorsOf(caught)?.map((error) => safeCause(error, redact, depth + 1));
  const message = redact(caught.message);
  const isSafe =
    message === caught.message &&
    cause === caught.cause &&
    errors?.every((error, at) => error === errorsOf(caught)?.[at]) !== false &&
    Reflect.ownKeys(caught).every((key) => OWN.has(key));
  if (isSafe) return caught;
  const copy = Object.create(Object.getPrototypeOf(caught)) as Error;
  hide(copy, { message, stack: redact(caught.stack ?? ""), cause, errors });
  if (Object.hasOwn(caught, "name")) hide(copy, { name: caught.name });
  return Object.assign(copy, redactDeep(redact, pick(caught)));
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
  for (const [key, value] of Object.entries(fields)) {
    if (value !== undefined)
      Object.defineProperty(target, key, { value, configurable: true, writable: true });
  }
}
