import { describe, expect, it } from "vitest";
import { redactor } from "../../src/errors/redact.js";
import { safeCause } from "../../src/errors/safe-cause.js";
import { Wasend, type WasendOptions } from "../../src/index.js";
import { failureOf } from "../http/support.js";

const text = "the words of a person";
const redact = redactor([text]);
const to = "+14155550123";
const client = (options: WasendOptions) =>
  new Wasend({ apiKey: "key_of_the_tests", session: "sess_1", logLevel: "off", maxRetries: 0, ...options });

class Unreadable extends Error {
  get code(): string {
    throw new TypeError("from a getter");
  }
}

const throwing = (name: string) =>
  Object.defineProperty(new Error("why"), name, {
    get: () => {
      throw new TypeError("from a getter");
    },
  });

/** What a user's own fetch may throw. */
const THROWN: [string, unknown][] = [
  ["a DOMException", new DOMException(`about ${text}`, "TimeoutError")],
  [
    "a DOMException with a field of its own",
    Object.assign(new DOMException("late", "TimeoutError"), { a: 1 }),
  ],
  ["a message that is no text", Object.assign(new Error("x"), { message: { text } })],
  ["a message that cannot be written", Object.assign(new Error("x"), { message: Object.create(null) })],
  ["a name that is no text", Object.assign(new Error(text), { name: 5 })],
  ["a stack that is no text", Object.assign(new Error(text), { stack: 5 })],
  ["a code that throws", throwing("code")],
  ["a code of its class that throws", new Unreadable("x")],
  ["a message that throws", throwing("message")],
  ["a cause that throws", throwing("cause")],
  [
    "a proxy",
    new Proxy(new Error("x"), {
      get: () => {
        throw new Error("no");
      },
    }),
  ],
  ["a revoked proxy", revoked()],
];

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe("what a fetch throws never takes the place of the error", () => {
  it.each(THROWN)("%s", async (_, thrown) => {
    const wasend = client({ fetch: () => Promise.reject(thrown) });
    const error = await failureOf(wasend.messages.sendText({ to, text }));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(JSON.stringify(error) + String((error.cause as Error | undefined)?.message)).not.toContain(text);
  });

  it.each(THROWN)("%s: what may be repeated is repeated", async (_, thrown) => {
    let calls = 0;
    const fetch = () => {
      calls += 1;
      return calls === 1 ? Promise.reject(thrown) : Promise.resolve(Response.json([]));
    };
    expect((await client({ fetch, maxRetries: 1 }).chats.list()).data).toEqual([]);
  });
});

it("a copy tells what the error told of itself", () => {
  const own = Object.assign(new DOMException(`about ${text}`, "TimeoutError"), { body: text });
  const copy = safeCause(own, redact) as Error & { code: unknown };
  expect(copy).toBeInstanceOf(Error);
  expect(copy).toMatchObject({ name: "TimeoutError", message: "about [redacted]", code: 23 });
  expect(copy).not.toHaveProperty("body");
  expect(String(copy)).toBe("TimeoutError: about [redacted]");
  expect(copy.stack).not.toContain(text);
});

it("an error that holds nothing of the request stays the same", () => {
  const own = new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) });
  expect(safeCause(own, redact)).toBe(own);
});
