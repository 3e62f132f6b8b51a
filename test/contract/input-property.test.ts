import { type ApiPromise, ValidationError } from "@wasend/sdk";
import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import * as build from "../../src/contract/fields.js";
import { operations } from "../../src/contract/index.js";
import { client } from "../resources/mock-server.js";
import { CHAT, G, PHONE, S } from "../resources/row.js";

/** What goes out, over a `fetch` of our own: thousands of calls are too many for a mocked network. */
const seen: { method: string; url: URL; body: unknown }[] = [];
const wasend = client({
  fetch: async (address, { method = "GET", body }) => {
    seen.push({ method, url: new URL(address), body: body == null ? undefined : JSON.parse(String(body)) });
    return Response.json({});
  },
});
afterEach(() => {
  seen.length = 0;
});

/** Values that are right somewhere, among those that are wrong everywhere: or hardly a call would get through. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    PHONE,
    G,
    CHAT,
    S,
    "https://example.com/a",
    "aGk=",
    "asc",
    "x",
    true,
    5,
    undefined,
  ),
  fc.constantFrom<unknown>(
    "..",
    ".",
    "",
    "a/../b",
    "sessions",
    "%2e%2e",
    "a\\b",
    "a?b#c",
    "\ud800",
    "@",
    "//evil.example",
  ),
  fc.constantFrom<unknown>([PHONE], [{ id: PHONE }], { title: "T" }, { fromMe: true }),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: "binary" }),
);

it.each(operations.map(({ id }) => id))(
  "%s: any input is refused or becomes this operation's request",
  async (id) => {
    const operation = operations.find((one) => one.id === id)!;
    const fields = Object.keys({ ...operation.query?.(build), ...operation.body?.(build) });
    const input = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record(Object.fromEntries(fields.map((name) => [name, value])), { requiredKeys: [] }),
      },
      {
        weight: 1,
        arbitrary: fc.dictionary(fc.oneof(fc.constantFrom("__proto__", "session", "to"), fc.string()), value),
      },
      { weight: 1, arbitrary: value },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 2 }), input, async (ids, params) => {
        seen.length = 0;
        const [resource = "", name = ""] = id.split(".");
        const target = (
          wasend as unknown as Record<string, Record<string, (...args: unknown[]) => ApiPromise<unknown>>>
        )[resource];
        const needed = [...operation.path.matchAll(/\{(?!session\})\w+\}/g)].length;
        const args = Array.from({ length: needed }, (_, at) => ids[at] ?? (at === 0 ? G : "m1"));
        try {
          // What the answer is makes no difference here.
          const takesParams = operation.path.includes("{session}") || fields.length > 0;
          await target?.[name]?.(...args, ...(takesParams ? [params] : [])).asResponse();
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
          expect(seen).toEqual([]);
          return;
        }
        expect(seen).toHaveLength(1);
        const { method, url, body } = seen[0]!;
        expect(method).toBe(operation.method);
        expect(url.origin).toBe("https://api.wasend.dev");
        expect(url.hash).toBe("");
        // Each parameter is one segment, so the path has the template's shape and its fixed words.
        const template = operation.path.split("/");
        const segments = url.pathname.split("/");
        expect(segments).toHaveLength(template.length);
        for (const [at, word] of template.entries())
          if (!word.startsWith("{")) expect(segments[at]).toBe(word);
        if (operation.path.startsWith("/{session}")) expect(segments[1]?.toLowerCase()).not.toBe("sessions");
        // Only this operation's fields go out.
        for (const key of Object.keys((body ?? {}) as object)) expect(fields).toContain(key);
        expect(body !== undefined).toBe(operation.body !== undefined);
      }),
      { numRuns: 60 },
    );
  },
);
