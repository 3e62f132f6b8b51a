import type { Note } from "./fields.js";

/**
 * Kinds of query values. `list` is `key[]=a&key[]=b`, `commas` is `key=a,b`, `numbers` is `key=1,2`, and an
 * array of words allows one of them, whatever its case.
 */
export type QueryKind =
  | "string"
  | "string?"
  | "int?"
  | "boolean?"
  | "list"
  | "commas"
  | "numbers"
  | readonly string[];
export type QuerySpec = Record<string, QueryKind>;

interface QueryTypes {
  string: string;
  "string?": string | undefined;
  "int?": number | undefined;
  "boolean?": boolean | undefined;
  list: string[];
  commas: string[];
  numbers: number[];
}

export type QueryOf<Q extends QuerySpec> = {
  [K in keyof Q]: Q[K] extends keyof QueryTypes
    ? QueryTypes[Q[K]]
    : Q[K] extends readonly (infer W)[]
      ? W | undefined
      : never;
};

interface Parsed {
  value: unknown;
  complaint?: string;
}

const INTEGER = /^\d{1,15}$/;

function parse(kind: QueryKind, values: string[]): Parsed {
  const first = values[0];
  if (kind === "list") return { value: values };
  if (kind === "commas") return { value: (first ?? "").split(",").filter((part) => part !== "") };
  if (kind === "numbers") {
    const parts = (first ?? "").split(",").filter((part) => part !== "");
    const complaint = parts.every((part) => /^-?\d{1,3}$/.test(part)) ? undefined : "must be numbers";
    return { value: parts.map(Number), complaint };
  }
  if (kind === "string") return { value: first, complaint: first ? undefined : "should not be empty" };
  if (first === undefined || kind === "string?") return { value: first };
  if (kind === "int?") {
    return { value: Number(first), complaint: INTEGER.test(first) ? undefined : "must be an integer number" };
  }
  if (kind === "boolean?") {
    const complaint = ["true", "false"].includes(first) ? undefined : "must be a boolean value";
    return { value: first === "true", complaint };
  }
  const word = kind.find((one) => one.toLowerCase() === first.toLowerCase());
  const complaint =
    word === undefined ? `must be one of the following values: ${kind.join(", ")}` : undefined;
  return { value: word, complaint };
}

/** Reads a query by its spec: the values, NestJS's complaints, and a note of all that no source attests. */
export function checkQuery(spec: QuerySpec, sent: URLSearchParams, note: Note) {
  const values: Record<string, unknown> = {};
  const complaints: string[] = [];
  const understood = new Set<string>();
  for (const [key, kind] of Object.entries(spec)) {
    const wire = kind === "list" ? `${key}[]` : key;
    const all = sent.getAll(wire);
    understood.add(wire);
    if (kind !== "list" && all.length > 1) note(`query key ${key} is repeated`);
    const parsed = parse(kind, all);
    values[key] = parsed.value;
    if (parsed.complaint === undefined) continue;
    complaints.push(`${key} ${parsed.complaint}`);
    if (Array.isArray(kind)) note(`query key ${key} has a value no source attests`);
  }
  for (const key of new Set(sent.keys())) if (!understood.has(key)) note(`unknown query key ${key}`);
  return { values, complaints };
}
