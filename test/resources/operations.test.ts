import { Page, ResponseFormatError, VERSION } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { operations } from "../../src/contract/index.js";
import { client, mockServer } from "./mock-server.js";
import type { Reply } from "./row.js";
import { rows } from "./rows/index.js";

const server = mockServer();
const ids = rows.map(({ id }) => id);

/** Public methods that are made of several operations, and have tests of their own. */
const COMPOSED = ["messages.sendWithTyping", "numbers.waitUntilReady"];
const RESOURCES = ["numbers", "messages", "chats", "contacts", "groups", "account"] as const;

describe("the table", () => {
  it("has all 61 operations, once each", () => {
    expect([...ids].sort()).toEqual(operations.map(({ id }) => id).sort());
    expect(new Set(ids).size).toBe(61);
  });

  it("has every public method of the resources", () => {
    const methods = RESOURCES.flatMap((name) =>
      methodsOf(client()[name]).map((method) => `${name}.${method}`),
    );
    expect(methods.sort()).toEqual([...ids, ...COMPOSED].sort());
  });

  it("agrees with each operation's method, retry class and source", () => {
    const declared = operations.map(({ id, method, retry, source }) => [
      id,
      method,
      retry === "always" ? "A" : "U",
      source,
    ]);
    const written = rows.map(({ id, method, retry, source }) => [id, method, retry, source]);
    expect(declared.sort()).toEqual(written.sort());
  });

  it("names a page for what a page attests, and for nothing else", () => {
    for (const { id, source, page } of operations) {
      const isOnPage = source === "both" || source === "docs";
      expect(page !== undefined, id).toBe(isOnPage);
      if (page !== undefined) expect(page).toMatch(/^\/docs\/(sessions|messages|groups)\/[a-z-]+$/);
    }
  });
});

describe.each(rows)("$id", (row) => {
  it("sends what the wire contract says", async () => {
    server.answers(row.replies[0] as Reply);
    await row.call(client());
    expect(server.seen).toHaveLength(1);
    const seen = server.seen[0]!;
    expect({ ...seen, headers: undefined, target: undefined }).toEqual({
      method: row.method,
      path: row.path,
      rawPath: row.rawPath ?? row.path,
      query: row.query ?? {},
      rawQuery: row.rawQuery ?? seen.rawQuery,
      body: row.body,
    });
    expect(seen.headers.authorization).toBe("Bearer key_0123456789");
    expect(seen.headers.accept).toBe("application/json");
    expect(seen.headers["user-agent"]).toBe(`wasend-sdk/${VERSION} (node/${process.versions.node})`);
    // Only a body has a type.
    expect(seen.headers["content-type"]).toBe(row.body === undefined ? undefined : "application/json");
  });

  it.each(row.replies)("reads an answer: $name", async (reply) => {
    server.answers(reply);
    expect(plain(await row.call(client()))).toEqual(reply.gives);
    expect(server.seen).toHaveLength(1);
  });

  it.each([{ status: 200 }, { status: 201 }])("reads an empty body under $status", async ({ status }) => {
    server.answers({ status, text: "" });
    const result = await Promise.resolve(row.call(client())).then(plain, (error: unknown) => error);
    if (row.empty !== undefined) expect(result).toEqual(row.empty.gives);
    else expect(result).toMatchObject({ outcome: "accepted", status, attempts: 1, safeToResend: false });
    expect(result instanceof ResponseFormatError).toBe(row.empty === undefined);
    expect(server.seen).toHaveLength(1);
  });

  it("repeats after a 503 only if that does no harm", async () => {
    server.answers([{ status: 503, headers: { "retry-after": "0" } }, row.replies[0] as Reply]);
    const result = await Promise.resolve(row.call(client({ maxRetries: 2 }))).then(
      plain,
      (error: unknown) => error,
    );
    if (row.retry === "A") expect(result).toEqual(row.replies[0]?.gives);
    else expect(result).toMatchObject({ name: "ServerError", outcome: "unknown" });
    expect(server.seen).toHaveLength(row.retry === "A" ? 2 : 1);
  });
});

function plain(value: unknown): unknown {
  return value instanceof Page ? value.data : value;
}

function methodsOf(resource: object): string[] {
  const names: string[] = [];
  for (let at = Object.getPrototypeOf(resource); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    names.push(...Object.getOwnPropertyNames(at).filter((name) => name !== "constructor"));
  }
  return names;
}
