import type { Note } from "./fields.js";

/**
 * Kinds of query values. `list` is `key[]=a&key[]=b`, `commas` is `key=a,b`, `numbers` is `key=1,2`, `upTo50?`
 * is an integer that the published text bounds, and an array of words allows one of them, whatever its case.
 */
export type QueryKind = keyof QueryTypes | readonly string[];
export type QuerySpec = Record<string, QueryKind>;

interface QueryTypes {
  string: string;
  "string?": string | undefined;
  "int?": number | undefined;
  "upTo50?": number | undefined;
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
  /** Why it is refused. */
  complaint?: string;
  /** Why no source attests it. */
  odd?: string;
}

type Parser = (sent: string | undefined, all: string[]) => Parsed;

const complain = (fine: boolean, complaint: string): string | undefined => (fine ? undefined : complaint);
const split = (sent = ""): string[] => sent.split(",").filter((part) => part !== "");

const optional =
  (parse: (sent: string) => Parsed): Parser =>
  (sent) =>
    sent === undefined ? { value: undefined } : parse(sent);

const integer = (sent: string): Parsed => ({
  value: Number(sent),
  complaint: complain(/^\d{1,15}$/.test(sent), "must be an integer number"),
});

const PARSERS: Record<keyof QueryTypes, Parser> = {
  string: (sent) => ({ value: sent, complaint: complain(!!sent, "should not be empty") }),
  "string?": (sent) => ({ value: sent }),
  "int?": optional(integer),
  "upTo50?": optional((sent) => ({ ...integer(sent), odd: complain(Number(sent) <= 50, "is above 50") })),
  "boolean?": optional((sent) => ({
    value: sent === "true",
    complaint: complain(sent === "true" || sent === "false", "must be a boolean value"),
  })),
  list: (_, all) => ({ value: all }),
  commas: (sent) => ({ value: split(sent) }),
  numbers: (sent) => ({
    value: split(sent).map(Number),
    complaint: complain(
      split(sent).every((part) => /^-?\d{1,3}$/.test(part)),
      "must be numbers",
    ),
  }),
};

const oneOf = (words: readonly string[]): Parser =>
  optional((sent) => {
    const value = words.find((word) => word.toLowerCase() === sent.toLowerCase());
    if (value !== undefined) return { value };
    const complaint = `must be one of the following values: ${words.join(", ")}`;
    return { value, complaint, odd: "has a value no source attests" };
  });

const parserOf = (kind: QueryKind): Parser => (typeof kind === "string" ? PARSERS[kind] : oneOf(kind));

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
    const { value, complaint, odd } = parserOf(kind)(all[0], all);
    values[key] = value;
    if (complaint !== undefined) complaints.push(`${key} ${complaint}`);
    if (odd !== undefined) note(`query key ${key} ${odd}`);
  }
  for (const key of new Set(sent.keys())) if (!understood.has(key)) note(`unknown query key ${key}`);
  return { values, complaints };
}
