import type { Wasend, WasendOptions } from "@wasend/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Fault, FaultServer, good, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { CALLS, clientOf, failureOf, most, timesOf, until } from "./support.js";

let server: FaultServer;

beforeEach(async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await FaultServer.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

const client = (options: WasendOptions = {}) => clientOf(server.url, "node", options);

const send = (wasend: Wasend, session = "sess_1", options = {}) =>
  wasend.messages.sendText({ to: "+14155550123", text: "Hello", session }, options);

const times = (session?: string) => timesOf(server.seen, session);

/** Clocks of two sides, timers and a busy machine: what a window may be off by. */
const SLACK_MS = 40;

describe("a pace", () => {
  it("perSecond is a sliding window, as the server sees it", async () => {
    const wasend = client({ rateLimit: { perSecond: 5 } });
    await send(wasend, "warm_up");
    await Promise.all(Array.from({ length: 12 }, () => send(wasend)));
    const at = times();
    expect(most(at, 1_000 - SLACK_MS)).toBeLessThanOrEqual(5);
    expect(at.at(-1)).toBeLessThan(4_000);
  });

  it("perMinute is one, too", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    try {
      const wasend = client({ rateLimit: { perMinute: 3 }, deadline: 300_000 });
      const sends = Array.from({ length: 7 }, () => send(wasend));
      const turn = async (ms: number) => {
        await vi.advanceTimersByTimeAsync(ms);
        for (let i = 0; i < 30; i += 1) await new Promise(setImmediate);
      };
      await turn(0);
      expect(server.seen).toHaveLength(3);
      await turn(59_900);
      expect(server.seen).toHaveLength(3);
      await turn(200);
      expect(server.seen).toHaveLength(6);
      await turn(60_100);
      await Promise.all(sends);
      expect(server.seen).toHaveLength(7);
    } finally {
      vi.useRealTimers();
    }
  });

  it("concurrency is what the server has at once", async () => {
    let now = 0;
    let peak = 0;
    server.fault = {
      request: (exchange) => {
        now += 1;
        peak = Math.max(peak, now);
        setTimeout(() => {
          now -= 1;
          good.request?.(exchange);
        }, 10);
      },
    };
    const wasend = client({ rateLimit: { concurrency: 3 } });
    await Promise.all(Array.from({ length: 20 }, () => send(wasend)));
    expect(peak).toBe(3);
  });

  it("a place is given back by every end of a call", async () => {
    const wasend = client({ rateLimit: { concurrency: 1 }, maxRetries: 0 });
    const ends: Fault[] = [
      faults.resetAfterRead,
      faults.cutBody,
      faults.refuses(400),
      faults.saysYes(200, ""),
    ];
    for (const fault of ends) {
      server.fault = fault;
      await failureOf(send(wasend));
    }
    server.fault = good;
    await send(wasend);
    expect(server.seen).toHaveLength(5);
  });

  it("a back-off does not keep a place", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.9);
    server.fault = inTurn(faults.failsAfter(500));
    const wasend = client({ rateLimit: { concurrency: 1 } });
    const backOff = new Promise((resolve) => wasend.once("retry", resolve));
    const first = CALLS.read(wasend);
    await backOff;
    // Sent while the first call waits, so before its second request.
    await wasend.chats.list().catch(() => {});
    await first;
    expect(server.seen.map(({ path }) => path.includes("chats"))).toEqual([false, true, false]);
  });

  it("is each number's own", async () => {
    const wasend = client({ rateLimit: { perMinute: 2 } });
    const startedAt = performance.now();
    await Promise.all(
      ["a", "b", "c", "d"].flatMap((name) => [send(wasend, `sess_${name}`), send(wasend, `sess_${name}`)]),
    );
    expect(performance.now() - startedAt).toBeLessThan(4_000);
  });

  it("is shared by copies, unless they bring their own", async () => {
    const wasend = client({ rateLimit: { perSecond: 2, onLimit: "throw" } });
    await Promise.all([send(wasend), send(wasend.withOptions({ maxRetries: 0 }))]);
    expect(await failureOf(send(wasend.withOptions({ timeout: 5_000 })))).toMatchObject({
      name: "RateLimitError",
    });
    await send(wasend.withOptions({ rateLimit: {} }));
    expect(server.seen).toHaveLength(3);
  });

  it("that throws sends nothing and says when", async () => {
    const wasend = client({ rateLimit: { perSecond: 1, onLimit: "throw" } });
    await send(wasend);
    const error = await failureOf(send(wasend));
    expect(error).toMatchObject({
      name: "RateLimitError",
      code: "rate_limited",
      status: 429,
      outcome: "not_sent",
      attempts: 0,
    });
    expect(error.safeToResend).toBe(true);
    expect(error.retryAfter).toBeGreaterThan(0);
    expect(error.retryAfter).toBeLessThanOrEqual(1);
    expect(server.seen).toHaveLength(1);
  });

  it("that throws does not take a call's own retry from it", async () => {
    server.fault = inTurn(faults.failsAfter(503));
    const wasend = client({ rateLimit: { perSecond: 1, onLimit: "throw" } });
    expect((await CALLS.read(wasend).withResponse()).attempts).toBe(2);
  });

  it("calls leave in the order in which they came", async () => {
    const wasend = client({ rateLimit: { concurrency: 1 } });
    const texts = Array.from({ length: 10 }, (_, i) => `number ${i}`);
    await Promise.all(texts.map((text) => wasend.messages.sendText({ to: "+14155550123", text })));
    expect(server.seen.map(({ body }) => JSON.parse(body).text)).toEqual(texts);
  });

  it("whoever was refused with 429 goes first again, in order", async () => {
    server.fault = inTurn(...[1, 2, 3].map(() => faults.tooMany({ "retry-after-ms": "60" })));
    const wasend = client();
    const texts = ["first", "second", "third"];
    const calls = texts.map((text) => wasend.messages.sendText({ to: "+14155550123", text }));
    await until(() => server.seen.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const late = wasend.messages.sendText({ to: "+14155550123", text: "late" });
    await Promise.all([...calls, late]);
    const order = server.seen.map(({ body }) => JSON.parse(body).text);
    expect(order.slice(3)).toEqual([...order.slice(0, 3), "late"]);
  });
});

describe("whoever waits", () => {
  it("leaves the queue at its deadline, with nothing sent", async () => {
    server.fault = faults.silent;
    const wasend = client({ rateLimit: { concurrency: 1 }, timeout: 600, maxRetries: 0 });
    const first = failureOf(CALLS.read(wasend));
    const waiting = await failureOf(send(wasend, "sess_1", { deadline: 60 }));
    expect(waiting).toMatchObject({
      name: "TimeoutError",
      scope: "deadline",
      outcome: "not_sent",
      attempts: 0,
    });
    await first;
    server.fault = good;
    await send(wasend);
    expect(server.seen).toHaveLength(2);
  });

  it("does not wait at all for a turn that comes after its deadline", async () => {
    const wasend = client({ rateLimit: { perSecond: 1 } });
    await send(wasend);
    const startedAt = performance.now();
    expect(await failureOf(send(wasend, "sess_1", { deadline: 500 }))).toMatchObject({
      name: "RateLimitError",
      outcome: "not_sent",
      attempts: 0,
    });
    expect(performance.now() - startedAt).toBeLessThan(900);
  });
});
