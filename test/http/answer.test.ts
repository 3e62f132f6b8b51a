import { describe, expect, it } from "vitest";
import { errorText, saysFailure, saysTimelock } from "../../src/http/error-text.js";
import { rateLimitInfo } from "../../src/http/rate-limit-headers.js";
import { header, parseBody, requestIdOf, toResponse } from "../../src/http/response.js";
import { forbidsRetry, retryAfterMs } from "../../src/http/retry-after.js";

const now = Date.UTC(2026, 0, 1, 12, 0, 0);
const bytes = (text: string) => new TextEncoder().encode(text);

describe("Retry-After", () => {
  it.each<[Record<string, string>, number | undefined]>([
    [{}, undefined],
    [{ "retry-after": "3" }, 3_000],
    [{ "retry-after": " 3 " }, 3_000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "0.5" }, 500],
    [{ "retry-after": "-1" }, undefined],
    [{ "retry-after": "" }, undefined],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "1e3" }, undefined],
    [{ "retry-after": "9".repeat(400) }, undefined],
    [{ "retry-after": "2026-01-01" }, undefined],
    [{ "retry-after": "Thu, 01 Jan 2026 12:00:30 GMT" }, 30_000],
    [{ "retry-after": "Thursday, 01-Jan-26 12:00:30 GMT" }, 30_000],
    [{ "retry-after": "Thu, 01 Jan 2026 11:59:00 GMT" }, 0],
    [{ "retry-after-ms": "250" }, 250],
    [{ "retry-after-ms": "250", "retry-after": "9" }, 250],
    [{ "retry-after-ms": "x", "retry-after": "9" }, 9_000],
  ])("%j is %s ms", (headers, ms) => {
    expect(retryAfterMs(headers, now)).toBe(ms);
  });

  it("x-should-retry can forbid a repeat", () => {
    expect(
      ["true", "false", "maybe", undefined].map((text) => forbidsRetry({ "x-should-retry": text })),
    ).toEqual([false, true, false, false]);
  });
});

describe("rate-limit figures", () => {
  const at = (seconds: number) => new Date(now + seconds * 1_000);

  it.each<[string, Record<string, string>, object | undefined]>([
    ["none", {}, undefined],
    ["others", { "x-ratelimit-policy": "fair" }, undefined],
    [
      "X-RateLimit-*, seconds from now",
      { "x-ratelimit-limit": "60", "x-ratelimit-remaining": "59", "x-ratelimit-reset": "30" },
      { limit: 60, remaining: 59, resetAt: at(30) },
    ],
    ["X-RateLimit-*, Unix seconds", { "x-ratelimit-reset": String(now / 1_000 + 7) }, { resetAt: at(7) }],
    ["X-RateLimit-*, Unix milliseconds", { "x-ratelimit-reset": String(now + 7_000) }, { resetAt: at(7) }],
    [
      "RateLimit-*",
      { "ratelimit-limit": "10", "ratelimit-remaining": "0", "ratelimit-reset": "5" },
      { limit: 10, remaining: 0, resetAt: at(5) },
    ],
    ["RateLimit-Limit with windows", { "ratelimit-limit": "10, 10;w=1, 1000;w=3600" }, { limit: 10 }],
    [
      "RateLimit of draft 7",
      { ratelimit: "limit=10, remaining=3, reset=5" },
      { limit: 10, remaining: 3, resetAt: at(5) },
    ],
    [
      "RateLimit of draft 8",
      { "ratelimit-policy": '"burst";q=100;w=60', ratelimit: '"burst";r=50;t=30' },
      { limit: 100, remaining: 50, resetAt: at(30) },
    ],
    ["nonsense", { "x-ratelimit-limit": "many", ratelimit: "?" }, undefined],
  ])("%s", (_, headers, info) => {
    expect(rateLimitInfo(headers, now)).toEqual(info);
  });
});

describe("the sentence in an error body", () => {
  it.each<[unknown, string | undefined]>([
    [{ message: "No", error: "Bad Request" }, "No"],
    [{ message: ["a", "b", 3] }, "a; b"],
    [{ message: [], error: "Bad Request" }, "Bad Request"],
    [{ message: " ", error: "Bad Request" }, "Bad Request"],
    [{ message: { deep: 1 }, error: "Bad Request" }, "Bad Request"],
    [{ error: { code: 404, message: "No such file" } }, "No such file"],
    [{ exception: { message: "No sessions" } }, "No sessions"],
    [{ error: {}, exception: { message: " No sessions " } }, "No sessions"],
    [{}, undefined],
    [[], undefined],
    ["No", undefined],
    [null, undefined],
  ])("%j is %s", (json, text) => {
    expect(errorText({ json })).toBe(text);
  });

  it("is not looked for in what is no JSON", () => {
    expect(errorText({ text: "<html>" })).toBeUndefined();
  });

  it.each<[string, boolean]>([
    ["2 UNKNOWN: server returned error 463", true],
    ["Server returned ERROR 463.", true],
    ["2 UNKNOWN: server returned error 4630", false],
    ["463", false],
  ])("%s says timelock: %s", (message, says) => {
    expect(saysTimelock({ json: { exception: { message } } }, [])).toBe(says);
  });

  it("a yes is taken back by success: false, and by nothing else", () => {
    expect(
      [
        { success: false },
        { success: "false" },
        { success: true },
        { data: { success: false } },
        [],
        null,
      ].map((json) => saysFailure({ json })),
    ).toEqual([true, false, false, false, false, false]);
    expect(saysFailure({ text: '{"success":false' })).toBe(false);
  });
});

describe("an answer", () => {
  it("is JSON if it can be read as such, whatever it is called", () => {
    expect(parseBody(bytes('{"a":1}'))).toEqual({ json: { a: 1 } });
    expect(parseBody(bytes("plain"))).toEqual({ text: "plain" });
    expect(parseBody(bytes(""))).toEqual({ text: "" });
    expect(parseBody(bytes('\ufeff{"a":1}'))).toEqual({ json: { a: 1 } });
  });

  it("has the request's id under one of its names", () => {
    expect(requestIdOf({ "x-request-id": "a", "cf-ray": "b" })).toBe("a");
    expect(requestIdOf({ "cf-ray": "b" })).toBe("b");
    expect(requestIdOf({})).toBeUndefined();
    expect(header({ "x-request-id": ["a", "b"] }, "x-request-id")).toBe("a");
  });

  it("becomes a Response again, with every header", async () => {
    const response = toResponse({
      status: 200,
      headers: {
        "content-type": "text/plain",
        "content-encoding": "gzip",
        "content-length": "9",
        "set-cookie": ["a=1", "b=2"],
      },
      body: bytes("hello"),
    });
    expect(await response.text()).toBe("hello");
    expect([...response.headers.keys()]).toEqual(["content-type", "set-cookie", "set-cookie"]);
    expect(toResponse({ status: 204, headers: {}, body: bytes("") }).body).toBeNull();
  });
});
