import * as z from "zod/mini";
import { ValidationError, type ValidationIssue } from "../errors/index.js";
import * as fields from "./fields.js";
import { nameText } from "./name-text.js";
import type { Operation, QueryValue, Values } from "./operation.js";
import { isRecord } from "./read.js";

/** An operation's input, checked and sorted to where the wire wants it. */
export interface CheckedInput {
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, QueryValue>>;
  body: Values | undefined;
  /** The number that acts, where the operation has one. */
  session: string | undefined;
}

type Schema = z.ZodMiniType<Record<string, unknown>>;

interface Checker {
  shape: Readonly<Record<string, z.ZodMiniType>>;
  /** Schemas by the set of optional fields that are there, a bit each. */
  schemas: Map<number, Schema>;
  known: string[];
  optional: string[];
  pathKeys: string[];
  queryKeys: string[];
  bodyKeys: string[];
}

/** What may stand in a path, by its name there: the same everywhere. */
const pathFields = {
  session: fields.session,
  // Apart from `session`, so that the client's own number is never deleted because an id was forgotten.
  sessionId: fields.session,
  groupId: fields.groupId,
  chatId: fields.chatId,
  messageId: fields.id,
} as const;

const checkers = new WeakMap<Operation, Checker>();

/**
 * Checks everything a caller passed to an operation. Throws a {@link ValidationError} that names each wrong field.
 * `session` is the number that acts when the input names none.
 */
export function checkInput(operation: Operation, input: object, session?: string): CheckedInput {
  const checker = checkerOf(operation);
  if (!isRecord(input))
    throw new ValidationError(operation.id, [
      { path: "", message: `needs an object with ${checker.known.join(", ")}` },
    ]);
  const ownSession = input.session ?? session;
  const complete = checker.known.includes("session") ? { ...input, session: ownSession } : input;
  const parsed = schemaFor(checker, complete).safeParse(complete, { error: describe });
  if (!parsed.success)
    throw new ValidationError(
      operation.id,
      parsed.error.issues.flatMap((issue) => issuesOf(issue, checker)),
    );
  const values = parsed.data;
  const broken = (operation.rules ?? []).map((rule) => rule(values)).filter((issue) => issue !== undefined);
  if (broken.length > 0) throw new ValidationError(operation.id, broken);

  const query = only(values, checker.queryKeys);
  const body = only(values, checker.bodyKeys);
  return {
    path: only(values, checker.pathKeys) as Record<string, string>,
    query: operation.toQuery?.(query) ?? (query as Record<string, QueryValue>),
    body: checker.bodyKeys.length === 0 ? undefined : body,
    session: (values.session ?? values.sessionId) as string | undefined,
  };
}

function checkerOf(operation: Operation): Checker {
  let checker = checkers.get(operation);
  if (checker === undefined) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(
      ([, name]) => name as keyof typeof pathFields,
    );
    const path = Object.fromEntries(names.map((name) => [name, pathFields[name]()]));
    const query = operation.query?.(fields) ?? {};
    const body = operation.body?.(fields) ?? {};
    const shape: Checker["shape"] = { ...path, ...query, ...body };
    checker = {
      shape,
      schemas: new Map(),
      known: Object.keys(shape),
      optional: Object.keys(shape).filter((name) => shape[name] instanceof z.ZodMiniOptional),
      pathKeys: names,
      queryKeys: Object.keys(query),
      bodyKeys: Object.keys(body),
    };
    checkers.set(operation, checker);
  }
  return checker;
}

/** Most calls leave most optional fields out, and zod takes as long for one that is not there as for one that is. */
function schemaFor({ shape, schemas, optional }: Checker, input: object): Schema {
  let present = 0;
  for (const [place, name] of optional.entries()) if (name in input) present |= 1 << place;
  let schema = schemas.get(present);
  if (schema === undefined) {
    const isThere = (name: string) => !optional.includes(name) || name in input;
    const entries = Object.entries(shape).filter(([name]) => isThere(name));
    schema = z.strictObject(Object.fromEntries(entries)) as Schema;
    schemas.set(present, schema);
  }
  return schema;
}

function only(values: Values, keys: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const key of keys) if (values[key] !== undefined) picked[key] = values[key];
  return picked;
}

/** zod/mini brings no sentences of its own. */
function describe(issue: { code?: string; expected?: string; input?: unknown; minimum?: unknown }): string {
  if (issue.code === "invalid_type" && issue.input === undefined) return "is required";
  if (issue.code === "invalid_type") return `must be ${ARTICLED[issue.expected ?? ""] ?? issue.expected}`;
  if (issue.code === "too_small") return "must have at least one entry";
  return "is not right";
}

const ARTICLED: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  string: "a text",
};

function issuesOf(issue: z.core.$ZodIssue, { known }: Checker): ValidationIssue[] {
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    const names = path === "" ? known : [];
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key]),
      message: unknownField(key, names),
    }));
  }
  if (path === "session" && issue.message === "is required") return [{ path, message: SESSION_MISSING }];
  return [{ path, message: issue.message }];
}

const SESSION_MISSING =
  "is missing: say which number acts, here as { session } or for all calls as new Wasend({ session }) or WASEND_SESSION";

function unknownField(key: string, known: readonly string[]): string {
  const close = known.find((name) => bareName(name) === bareName(key));
  if (close !== undefined) return `is not a field here; did you mean "${close}"?`;
  return known.length === 0 ? "is not a field here" : `is not a field here; there are ${known.join(", ")}`;
}

/** `image_url` and `imageURL` are meant for `imageUrl`. */
function bareName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, "");
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${nameText(String(part))}`))
    .join("")
    .replace(/^\./, "");
}
