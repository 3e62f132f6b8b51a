import { type Logger, Wasend, type WasendEvents, type WasendOptions } from "@wasend/sdk";
import { describe, expect, it, vi } from "vitest";

const KEY = "key_0123456789";
const to = "+14155550123";
const text = "The secret of our launch";

/** A client whose server gives these answers, the last of them for ever. */
function clientOf(
  answers: { status: number; json?: unknown; headers?: Record<string, string> }[],
  options: WasendOptions = {},
) {
  const list = [...answers];
  const fetch = async () => {
    const { status, json, headers } = (list.length > 1 ? list.shift() : list[0])!;
    return new Response(json === undefined ? null : JSON.stringify(json), { status, headers });
  };
  return new Wasend({ apiKey: KEY, session: "s1", logLevel: "off", ...options, fetch });
}

const NAMES = ["request", "response", "retry", "rateLimited"] as const;

function listen(wasend: Wasend) {
  const heard: [string, WasendEvents[keyof WasendEvents]][] = [];
  for (const name of NAMES) wasend.on(name, (event: WasendEvents[typeof name]) => heard.push([name, event]));
  return heard;
}

const ok = { status: 200, json: [], headers: { "x-request-id": "req_1" } };
const busy = { status: 503, headers: { "retry-after": "0" } };
const limited = { status: 429, headers: { "retry-after": "0.01" } };

describe("events", () => {
  it("tell the course of a call", async () => {
    const wasend = clientOf([busy, limited, ok]);
    const heard = listen(wasend);
    await wasend.chats.listMessages(to);
    const call = {
      callId: expect.stringMatching(/^c\w+$/),
      operation: "chats.listMessages",
      method: "GET",
      path: "/{session}/chats/{chatId}/messages",
      session: "s1",
    };
    const durationMs = expect.any(Number);
    expect(heard).toEqual([
      ["request", { ...call, attempt: 1 }],
      ["response", { ...call, attempt: 1, status: 503, durationMs, requestId: undefined }],
      ["retry", { ...call, attempt: 1, outcome: "unknown", status: 503, waitMs: 0 }],
      ["request", { ...call, attempt: 2 }],
      ["response", { ...call, attempt: 2, status: 429, durationMs, requestId: undefined }],
      ["rateLimited", { ...call, attempt: 2, waitMs: 10, retryAfter: 0.01 }],
      ["retry", { ...call, attempt: 2, outcome: "rejected", status: 429, waitMs: 10 }],
      ["request", { ...call, attempt: 3 }],
      ["response", { ...call, attempt: 3, status: 200, durationMs, requestId: "req_1" }],
    ]);
    expect(new Set(heard.map(([, { callId }]) => callId)).size).toBe(1);
  });

  it("have one id for each call", async () => {
    const wasend = clientOf([ok]);
    const heard = listen(wasend);
    await Promise.all([wasend.chats.list(), wasend.chats.list()]);
    expect(new Set(heard.map(([, { callId }]) => callId)).size).toBe(2);
  });

  it("are none for a call that is refused here", async () => {
    const wasend = clientOf([ok]);
    const heard = listen(wasend);
    await wasend.messages.sendText({ to: "5", text }).catch(() => {});
    expect(heard).toEqual([]);
  });

  it("hold no key, no text and no whole number", async () => {
    const wasend = clientOf([{ status: 500, json: { message: `cannot send "${text}" to ${to}` } }]);
    const heard = listen(wasend);
    await wasend.messages.sendText({ to, text }).catch(() => {});
    await wasend.chats.getPicture(to).catch(() => {});
    await wasend.contacts.checkExists({ phone: to }).catch(() => {});
    expect(heard.length).toBeGreaterThanOrEqual(6);
    expect(JSON.stringify(heard)).not.toMatch(/4155550123|secret|key_/);
  });

  it("stop with off, and come once with once", async () => {
    const wasend = clientOf([ok]);
    const listener = vi.fn();
    const once = vi.fn();
    expect(wasend.on("request", listener).once("request", once)).toBe(wasend);
    await wasend.chats.list();
    await wasend.off("request", listener).chats.list();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(once).toHaveBeenCalledTimes(1);
  });

  it("break no call, whatever a listener does, and reach the next listener", async () => {
    const warn = vi.fn<Logger["warn"]>();
    const wasend = clientOf([ok], { logLevel: "warn", logger: { warn, error() {}, info() {}, debug() {} } });
    const next = vi.fn();
    wasend.on("request", () => {
      throw new TypeError(`cannot note ${to}`);
    });
    wasend.on("request", () => Promise.reject(new RangeError("full")));
    wasend.on("request", next);
    expect((await wasend.chats.list()).data).toEqual([]);
    expect(next).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(2));
    expect(warn.mock.calls).toEqual([
      ['wasend: a listener of "request" failed: TypeError: cannot note +…0123'],
      ['wasend: a listener of "request" failed: RangeError: full'],
    ]);
  });
});

describe("the logger", () => {
  const lines = async (logLevel: WasendOptions["logLevel"]) => {
    const calls: string[] = [];
    const note = (level: string) => (line: string) => calls.push(`${level} ${line}`);
    const logger = { error: note("error"), warn: note("warn"), info: note("info"), debug: note("debug") };
    const wasend = clientOf([busy, ok], { logger, logLevel });
    wasend.on("retry", () => {
      throw new Error("no");
    });
    await wasend.chats.list();
    return calls;
  };

  it("is given what its level includes, and no more", async () => {
    const warning = 'warn wasend: a listener of "retry" failed: Error: no';
    expect(await lines("off")).toEqual([]);
    expect(await lines("error")).toEqual([]);
    expect(await lines("warn")).toEqual([warning]);
    expect(await lines("info")).toEqual(["info wasend: retry", warning]);
    expect(await lines("debug")).toEqual([
      "debug wasend: request",
      "debug wasend: response",
      "info wasend: retry",
      warning,
      "debug wasend: request",
      "debug wasend: response",
    ]);
  });

  it("keeps its this, and is given the event without key, text and number", async () => {
    class Pino {
      readonly lines: unknown[] = [];
      debug(message: string, details?: unknown) {
        this.lines.push([message, details]);
      }
      info = this.debug;
      warn = this.debug;
      error = this.debug;
    }
    const logger = new Pino();
    const wasend = clientOf([{ status: 201, json: { id: "m1" } }], { logger, logLevel: "debug" });
    await wasend.messages.sendText({ to, text });
    expect(logger.lines).toHaveLength(2);
    expect(logger.lines[0]).toEqual([
      "wasend: request",
      expect.objectContaining({ operation: "messages.sendText" }),
    ]);
    expect(JSON.stringify(logger.lines)).not.toMatch(/4155550123|secret|key_/);
  });

  it("that throws or lacks a method breaks nothing", async () => {
    const fail = () => {
      throw new Error("disk full");
    };
    const throwing = { error: fail, warn: fail, info: fail, debug: fail };
    expect((await clientOf([ok], { logger: throwing, logLevel: "debug" }).chats.list()).data).toEqual([]);
    expect((await clientOf([ok], { logger: {} as Logger, logLevel: "debug" }).chats.list()).data).toEqual([]);
  });

  it("is the console, from warnings on, by default", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const debug = vi.spyOn(console, "debug").mockImplementation(() => {});
    const wasend = clientOf([ok], { logLevel: undefined });
    wasend.on("request", () => {
      throw new Error("no");
    });
    await wasend.chats.list();
    expect([warn.mock.calls.length, debug.mock.calls.length]).toEqual([1, 0]);
    vi.restoreAllMocks();
  });
});
