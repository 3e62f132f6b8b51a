import type { RateLimitedEvent, Wasend, WasendOptions } from "@wasend/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FaultServer, good, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { clientOf, failureOf, most, timesOf } from "./support.js";

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

describe("a 429", () => {
  it("holds every call of its number, which then leave one by one, and none of another number", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after": "0.25" }));
    const wasend = client();
    const first = send(wasend);
    await new Promise((resolve) => wasend.once("rateLimited", resolve));
    const held = Array.from({ length: 6 }, () => send(wasend));
    const others = Array.from({ length: 6 }, () => send(wasend, "sess_2"));
    await Promise.all(others);
    expect(times()).toHaveLength(1);
    await Promise.all([first, ...held]);

    const [, ...later] = times();
    expect(later).toHaveLength(7);
    expect(later[0]).toBeGreaterThanOrEqual(245);
    expect(most(later, 40)).toBeLessThanOrEqual(2);
    expect(later.at(-1)! - later[0]!).toBeGreaterThanOrEqual(6 * 45);
    expect(server.effects).toHaveLength(13);
  });

  it("holds calls that were in flight with it, if they are refused as well, and all get through", async () => {
    server.fault = inTurn(...Array.from({ length: 5 }, () => faults.tooMany({ "retry-after-ms": "100" })));
    const wasend = client();
    await Promise.all(Array.from({ length: 5 }, () => send(wasend)));
    const later = times().slice(5);
    expect(later).toHaveLength(5);
    expect(most(later, 40)).toBeLessThanOrEqual(2);
    expect(server.effects).toHaveLength(5);
  });

  it("lets a slow call not keep the others waiting", async () => {
    let slow = true;
    server.fault = {
      request: (exchange) => {
        if (exchange.request.connection === 1 && exchange.request.nth === 1)
          return faults.tooMany({ "retry-after-ms": "30" }).request?.(exchange);
        if (slow) {
          slow = false;
          return;
        }
        good.request?.(exchange);
      },
    };
    const wasend = client({ timeout: 2_000, maxRetries: 1 });
    const first = failureOf(send(wasend));
    await new Promise((resolve) => wasend.once("rateLimited", resolve));
    const startedAt = performance.now();
    await Promise.all([send(wasend), send(wasend)]);
    expect(performance.now() - startedAt).toBeLessThan(1_800);
    expect(await first).toMatchObject({ name: "TimeoutError", outcome: "unknown" });
  });

  it("is told with its wait", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after": "0.05" }), faults.tooMany());
    const wasend = client();
    const heard: RateLimitedEvent[] = [];
    wasend.on("rateLimited", (event) => heard.push(event));
    await send(wasend);
    const shared = {
      callId: expect.any(String),
      operation: "messages.sendText",
      method: "POST",
      path: "/sendText",
      session: "sess_1",
    };
    expect(heard).toEqual([
      { ...shared, attempt: 1, waitMs: 50, retryAfter: 0.05 },
      { ...shared, attempt: 2, waitMs: 0, retryAfter: undefined },
    ]);
  });

  it("that is not repeated still holds its number", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after": "0.2" }));
    const wasend = client({ maxRetries: 0 });
    expect(await failureOf(send(wasend))).toMatchObject({
      name: "RateLimitError",
      retryAfter: 0.2,
      attempts: 1,
    });
    await send(wasend);
    expect(times()[1]).toBeGreaterThanOrEqual(195);
  });

  it("whose wait is past the deadline refuses this call, and those behind it without a request", async () => {
    server.fault = faults.tooMany({ "retry-after": "600" });
    const wasend = client();
    const error = await failureOf(send(wasend));
    expect(error).toMatchObject({
      name: "RateLimitError",
      status: 429,
      retryAfter: 600,
      outcome: "rejected",
    });
    const next = await failureOf(send(wasend));
    expect(next).toMatchObject({
      name: "RateLimitError",
      outcome: "not_sent",
      attempts: 0,
      safeToResend: true,
    });
    expect(next.retryAfter).toBeGreaterThan(595);
    expect(server.seen).toHaveLength(1);
    server.fault = good;
    await send(wasend, "sess_2");
  });

  it("on a number with a pace is followed by that pace", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after-ms": "20" }));
    await Promise.all(
      Array.from({ length: 4 }, (_, i) => i).map(() => send(client({ rateLimit: { concurrency: 1 } }))),
    );
    expect(server.effects).toHaveLength(4);
  });
});
