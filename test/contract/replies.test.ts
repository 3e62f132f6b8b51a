import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { operations } from "../../src/contract/index.js";
import type { FieldKind, Row } from "../resources/row.js";
import { rows } from "../resources/rows/index.js";

/** What a server may send instead of anything. */
const INSTEAD: readonly unknown[] = [undefined, null, 7, "7", "x", true, [], [null], {}, { id: 1 }];

const readers = rows.map((row) => {
  const operation = operations.find(({ id }) => id === row.id);
  if (operation === undefined) throw new Error(`no operation ${row.id}`);
  return { id: row.id, row, read: operation.reply as (json: unknown) => unknown };
});

describe.each(readers)("$id reads whatever comes", ({ row, read }) => {
  it.each(row.replies.filter(({ json }) => json !== undefined))(
    "with anything wrong in one place of: $name",
    ({ json }) => {
      for (const mutated of mutations(json))
        expect(misfits(row, read(mutated)), JSON.stringify(mutated)).toEqual([]);
    },
  );

  it("with anything at all", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (json) => {
        expect(misfits(row, read(json))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

/** An answer that some path of its own names decides by could be hidden by a method of every object. */
it("takes no inherited name for a field", () => {
  for (const { id, row, read } of readers) {
    for (const status of ["constructor", "__proto__", "toString"]) {
      const json = JSON.parse(
        `{"id":"1","uniqueSessionId":"1","status":"${status}","__proto__":{"isAdmin":true}}`,
      );
      expect(misfits(row, read(json)), id).toEqual([]);
    }
  }
});

/** The value with each of its parts, one at a time, replaced by each of the wrong ones. */
function* mutations(value: unknown): Generator<unknown> {
  yield* INSTEAD;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      for (const other of mutations(item)) yield value.map((one, at) => (at === index ? other : one));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const other of mutations(item)) yield { ...value, [key]: other };
  }
}

/** The public fields that are not what their type promises. */
function misfits(row: Row, value: unknown): string[] {
  if (value === undefined) return [];
  const isList = typeof value === "object" && value !== null && "items" in value;
  const items = isList ? (value as { items: unknown[] }).items : [value];
  return items.flatMap((item) =>
    Object.entries(row.fields ?? {}).flatMap(([name, kind]) => {
      const found = (item as Record<string, unknown>)[name];
      return fits(found, kind) ? [] : [`${name}: ${JSON.stringify(found)} is no ${kind}`];
    }),
  );
}

function fits(value: unknown, kind: FieldKind): boolean {
  if (value === undefined) return kind.endsWith("?");
  switch (kind.replace("?", "")) {
    case "text":
      return typeof value === "string";
    case "number":
      return Number.isFinite(value);
    case "flag":
      return typeof value === "boolean";
    case "list":
      return Array.isArray(value) && !value.includes(undefined) && !value.includes(null);
    default:
      return typeof value === "object" && value !== null && !Array.isArray(value);
  }
}
