import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FaultServer, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { CALLS, clientOf, failureOf, TRANSPORTS, until } from "./support.js";

let server: FaultServer;

beforeEach(async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await FaultServer.start();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await server.close();
});

describe.each(TRANSPORTS)("time over %s", (transport) => {
  const client = (options = {}) => clientOf(server.url, transport, options);

  it("every attempt has a timer of its own", async () => {
    server.fault = inTurn(faults.silent, faults.silent);
    const { attempts } = await CALLS.read(client({ timeout: 150 })).withResponse();
    expect(attempts).toBe(3);
    expect(server.seen).toHaveLength(3);
  });

  it("the timer of an attempt names itself", async () => {
    server.fault = faults.silent;
    const error = await failureOf(CALLS.send(client({ timeout: 160 })));
    expect(error).toMatchObject({
      name: "TimeoutError",
      code: "timeout",
      scope: "attempt",
      ms: 160,
      attempts: 1,
    });
    expect(error.message).toContain("160 ms");
  });

  it("it covers the body, byte by byte", async () => {
    server.fault = faults.dribble;
    const startedAt = performance.now();
    const error = await failureOf(CALLS.send(client({ timeout: 200 })));
    expect(error).toMatchObject({ name: "TimeoutError", scope: "attempt", outcome: "accepted" });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    await until(() => !server.isOpen(1));
  });

  it("the deadline spans all attempts", async () => {
    server.fault = faults.silent;
    const startedAt = performance.now();
    const wasend = client({ timeout: 150, deadline: 400, maxRetries: 9 });
    const error = await failureOf(CALLS.read(wasend));
    expect(error).toMatchObject({ name: "TimeoutError", scope: "deadline", ms: 400, outcome: "unknown" });
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(395);
    expect(error.attempts).toBeGreaterThanOrEqual(2);
    expect(error.attempts).toBeLessThanOrEqual(3);
    expect(server.seen).toHaveLength(Number(error.attempts));
  });

  it("it is also a moment", async () => {
    server.fault = faults.silent;
    const startedAt = performance.now();
    const error = await failureOf(client().numbers.get("sess_1", { deadline: new Date(Date.now() + 150) }));
    expect(error).toMatchObject({ name: "TimeoutError", scope: "deadline" });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it("a moment that has passed sends nothing", async () => {
    const error = await failureOf(client({ deadline: new Date(Date.now() - 1_000) }).numbers.get("sess_1"));
    expect(error).toMatchObject({
      name: "TimeoutError",
      scope: "deadline",
      outcome: "not_sent",
      attempts: 0,
    });
    expect(error.safeToResend).toBe(true);
    expect(server.connections).toBe(0);
  });

  it("a wait past the deadline is not begun", async () => {
    server.fault = faults.failsAfter(503, {}, { "retry-after": "4" });
    const startedAt = performance.now();
    expect(await failureOf(CALLS.read(client({ deadline: 3_500 })))).toMatchObject({
      name: "ServerError",
      status: 503,
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it("Retry-After is waited for", async () => {
    server.fault = inTurn(faults.tooMany({ "retry-after": "0.2" }));
    await CALLS.send(client());
    const [first, second] = server.seen.map(({ at }) => at);
    expect(second! - first!).toBeGreaterThanOrEqual(195);
  });

  it("Retry-After as a date is waited for", async () => {
    const date = new Date(Date.now() + 1_100);
    server.fault = inTurn(faults.tooMany({ "retry-after": date.toUTCString() }));
    await CALLS.send(client());
    expect(server.seen).toHaveLength(2);
    // The date has no milliseconds.
    expect(Date.now()).toBeGreaterThanOrEqual(Math.floor(date.getTime() / 1_000) * 1_000);
  });

  it("the call's own limits win over the client's, and Infinity is none", async () => {
    server.fault = faults.silent;
    const wasend = client({ timeout: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY });
    const error = await failureOf(wasend.numbers.get("sess_1", { timeout: 150, maxRetries: 0 }));
    expect(error).toMatchObject({ name: "TimeoutError", scope: "attempt", ms: 150 });
    server.fault = inTurn();
    expect(await CALLS.read(wasend)).toMatchObject({ session: "sess_1" });
  });
});

it("a host that takes no connection is given up after ten seconds, and the send is tried again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const wasend = clientOf(server.url.replace("http:", "https:"), "node", { maxRetries: 1 });
  const call = failureOf(CALLS.send(wasend));
  for (const connections of [1, 2]) {
    while (server.connections < connections)
      await vi.advanceTimersByTimeAsync(1).then(() => new Promise(setImmediate));
    await vi.advanceTimersByTimeAsync(10_000);
  }
  expect(await call).toMatchObject({
    name: "ConnectionError",
    outcome: "not_sent",
    attempts: 2,
    cause: { code: "ETIMEDOUT" },
  });
  expect(server.seen).toEqual([]);
});
