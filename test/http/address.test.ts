import { ValidationError } from "@wasend/sdk";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRawPath, encodeRawPath, fillPath } from "../../src/http/path.js";
import { encodeQuery } from "../../src/http/query.js";
import { FaultServer, good } from "./fault-server.js";
import { clientOf, failureOf, TRANSPORTS } from "./support.js";

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.constantFrom(
    "..",
    ".",
    "%2e%2e",
    "../../account",
    "a/b",
    "a\\b",
    "a?b#c",
    "14155550123@c.us",
    " ",
    "\ud800",
    "//evil.example",
    "a%2Fb",
    "\r\nX: y",
  ),
);

describe("a path", () => {
  it("never leaves its template, whatever is filled in", () => {
    fc.assert(
      fc.property(anyText, anyText, (session, chatId) => {
        let path: string;
        try {
          path = fillPath("/{session}/chats/{chatId}/messages", { session, chatId });
        } catch (error) {
          expect(error).toBeInstanceOf(ValidationError);
          const isBad = (text: string) => text === "" || text === "." || text === ".." || !isWellFormed(text);
          expect(isBad(session) || isBad(chatId)).toBe(true);
          return;
        }
        const url = new URL(`https://api.wasend.dev${path}`);
        expect([url.origin, url.search, url.hash]).toEqual(["https://api.wasend.dev", "", ""]);
        // What the parser makes of it is what was written: nothing was resolved away.
        expect(url.pathname).toBe(path);
        const [, first, chats, second, messages, ...more] = path.split("/");
        expect([chats, messages, more]).toEqual(["chats", "messages", []]);
        expect([first, second].map((segment) => decodeURIComponent(segment!))).toEqual([session, chatId]);
        expect(path).toMatch(/^[\x21-\x7e]+$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps the @ of an id", () => {
    expect(fillPath("/{a}/x", { a: "120363@g.us" })).toBe("/120363@g.us/x");
  });

  it("names the field that is missing", () => {
    expect(() => fillPath("/{session}/x", {})).toThrow(/"session" must not be empty/);
  });

  it.each([
    "x",
    "//evil.example",
    "/a?b",
    "/a#b",
    "/a b",
    "/a\\b",
    "/a\nb",
    "/../x",
    "/a/./b",
    "/a/%2e%2E/b",
    "/.%2e/b",
  ])("%j is none of the API's", (path) => {
    expect(() => checkRawPath(path)).toThrow(ValidationError);
  });

  it("of any raw kind stays below the API", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let path: string;
        try {
          path = encodeRawPath(checkRawPath(`/${text}`));
        } catch {
          return;
        }
        const url = new URL(`https://api.wasend.dev/v1${path}`);
        expect([url.origin, url.search, url.hash]).toEqual(["https://api.wasend.dev", "", ""]);
        expect(url.pathname).toBe(`/v1${path}`);
      }),
      { numRuns: 2_000 },
    );
  });
});

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

describe("a raw path on the wire", () => {
  let server: FaultServer;
  beforeAll(async () => {
    server = await FaultServer.start({ fault: good });
  });
  afterAll(() => server.close());

  it.each(TRANSPORTS)("over %s is what was asked for, in any script", async (transport) => {
    server.seen.length = 0;
    await clientOf(server.url, transport).request({
      method: "GET",
      path: "/ünïcode/👋/{x}",
      query: { q: "ä b" },
    });
    const [path, query] = server.seen[0]!.path.split("?");
    expect(decodeURIComponent(path!)).toBe("/ünïcode/👋/{x}");
    expect(new URLSearchParams(query).get("q")).toBe("ä b");
  });

  it.each(TRANSPORTS)("over %s that is no path sends nothing", async (transport) => {
    server.seen.length = 0;
    const error = await failureOf(
      clientOf(server.url, transport).request({ method: "GET", path: "/../account" }),
    );
    expect(error).toMatchObject({ name: "ValidationError", outcome: "not_sent" });
    expect(server.seen).toEqual([]);
  });
});

describe("a query", () => {
  const scalar = fc.oneof(fc.string({ unit: "grapheme" }), fc.string(), fc.integer(), fc.boolean());

  it("comes back as it was", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.oneof(scalar, fc.array(scalar))), (query) => {
        const sent = encodeQuery(query);
        const read = [...new URLSearchParams(sent)];
        const wanted = Object.entries(query).flatMap(([key, value]) =>
          Array.isArray(value) ? value.map((item) => [`${key}[]`, String(item)]) : [[key, String(value)]],
        );
        expect(read).toEqual(
          wanted.map((pair) => pair.map((text) => text!.replace(/\p{Surrogate}/gu, "\ufffd"))),
        );
        expect(sent).toMatch(/^(\?[\x21-\x7e]*)?$/);
        expect(sent).not.toContain("#");
      }),
      { numRuns: 1_000 },
    );
  });

  it.each<[Parameters<typeof encodeQuery>[0], string]>([
    [{}, ""],
    [{ a: undefined, b: null }, ""],
    [{ limit: 0, refresh: false, q: "" }, "?limit=0&refresh=false&q="],
    [{ tags: ["a", "b c"] }, "?tags[]=a&tags[]=b+c"],
    [{ tags: [] }, ""],
    [{ ids: "1@c.us,2@c.us", "filter.fromMe": true }, "?ids=1%40c.us,2%40c.us&filter.fromMe=true"],
  ])("%j is %s", (query, text) => {
    expect(encodeQuery(query)).toBe(text);
  });
});
