import http from "node:http";
import type { Wasend } from "@wasend/sdk";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FaultServer, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { clientOf, failureOf, TRANSPORTS, until } from "./support.js";

let server: FaultServer;
let controller: AbortController;
const reason = new Error("the user went away");

beforeEach(async () => {
  server = await FaultServer.start();
  controller = new AbortController();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

const send = (wasend: Wasend) =>
  failureOf(wasend.messages.sendText({ to: "+14155550123", text: "Hello" }, { signal: controller.signal }));
const read = (wasend: Wasend) => failureOf(wasend.numbers.get("sess_1", { signal: controller.signal }));

/**
 * Aborts, and whether the call ends before anything else gets its turn. Counted in turns of the event loop, which a busy
 * machine makes longer, not more.
 */
async function endsAtOnce(call: Promise<unknown>): Promise<boolean> {
  let hasEnded = false;
  void call.then(() => {
    hasEnded = true;
  });
  controller.abort(reason);
  for (let turn = 0; turn < 5 && !hasEnded; turn += 1) await new Promise(setImmediate);
  return hasEnded;
}

const aborted = (outcome: string, attempts: number) => ({
  name: "AbortedError",
  code: "aborted",
  outcome,
  attempts,
  cause: reason,
});

describe.each(TRANSPORTS)("an abort over %s", (transport) => {
  const client = (options = {}) => clientOf(server.url, transport, options);

  it("before the call: nothing is sent", async () => {
    controller.abort(reason);
    const wasend = client();
    const events: string[] = [];
    wasend.on("request", () => events.push("request"));
    expect(await send(wasend)).toMatchObject(aborted("not_sent", 0));
    expect([server.connections, events]).toEqual([0, []]);
  });

  it("right after the call: nothing is sent", async () => {
    const call = send(client());
    controller.abort(reason);
    expect(await call).toMatchObject(aborted("not_sent", 0));
    expect(server.seen).toEqual([]);
  });

  it("in a listener that hears of the request: nothing is sent", async () => {
    const wasend = client();
    wasend.on("request", () => controller.abort(reason));
    expect(await send(wasend)).toMatchObject(aborted("not_sent", 1));
    expect(server.seen).toEqual([]);
  });

  it("while it waits for its turn: nothing is sent, and the next one moves up", async () => {
    server.fault = faults.silent;
    const wasend = client({ rateLimit: { concurrency: 1 } });
    const first = new AbortController();
    const running = failureOf(wasend.numbers.get("sess_1", { signal: first.signal }));
    await until(() => server.seen.length === 1);
    const waiting = read(wasend);
    const next = wasend.numbers.get("sess_1");
    expect(await endsAtOnce(waiting)).toBe(true);
    expect(await waiting).toMatchObject(aborted("not_sent", 0));
    expect(server.seen).toHaveLength(1);
    server.fault = inTurn();
    first.abort();
    await running;
    expect(await next).toMatchObject({ session: "sess_1" });
    expect(server.seen).toHaveLength(2);
  });

  it("while its number is held after a 429", async () => {
    server.fault = faults.tooMany({ "retry-after": "20" });
    const wasend = client();
    const held = new Promise((resolve) => wasend.once("retry", resolve));
    const call = send(wasend);
    await held;
    expect(await endsAtOnce(call)).toBe(true);
    expect(await call).toMatchObject(aborted("rejected", 1));
    expect(server.seen).toHaveLength(1);
  });

  it("while it waits for the answer", async () => {
    server.fault = faults.silent;
    const call = send(client());
    await until(() => server.seen.length === 1);
    expect(await endsAtOnce(call)).toBe(true);
    expect(await call).toMatchObject(aborted("unknown", 1));
    await until(() => !server.isOpen(1));
    expect(server.seen).toHaveLength(1);
  });

  it("while it reads the body", async () => {
    server.fault = faults.dribble;
    const call = send(client());
    await until(() => server.seen.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await endsAtOnce(call)).toBe(true);
    expect(await call).toMatchObject(aborted("accepted", 1));
    await until(() => !server.isOpen(1));
    expect(server.seen).toHaveLength(1);
  });

  it("during a back-off: the call ends at once", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    server.fault = faults.failsAfter(500);
    const wasend = client();
    const backOff = new Promise((resolve) => wasend.once("retry", resolve));
    const call = read(wasend);
    await backOff;
    expect(await endsAtOnce(call)).toBe(true);
    expect(await call).toMatchObject(aborted("unknown", 1));
    expect(server.seen).toHaveLength(1);
  });

  it("after it is done: nothing happens", async () => {
    const sent = await client().messages.sendText(
      { to: "+14155550123", text: "Hello" },
      { signal: controller.signal },
    );
    controller.abort(reason);
    expect(sent).toMatchObject({ id: "true_1@c.us_A" });
    expect(server.effects).toHaveLength(1);
  });

  it("by a signal with a time limit: its reason is the cause", async () => {
    server.fault = faults.silent;
    const error = await failureOf(client().numbers.get("sess_1", { signal: AbortSignal.timeout(40) }));
    expect(error).toMatchObject({ name: "AbortedError", cause: { name: "TimeoutError" } });
  });

  it("a page that is fetched later is ended by the same signal", async () => {
    server.fault = {
      request: ({ answer, request }) => {
        if (request.path.includes("offset")) return;
        answer(200, {}, JSON.stringify({ chats: [{ id: "1@c.us" }], pagination: { hasMore: true } }));
      },
    };
    const page = await client().chats.list({}, { signal: controller.signal });
    const next = failureOf(page.getNextPage());
    await until(() => server.seen.length === 2);
    controller.abort(reason);
    expect(await next).toMatchObject(aborted("unknown", 1));
  });
});

it("an abort while the connection is being made: nothing is sent", async () => {
  // TLS to a server that never answers the handshake: connected, but not a byte of the request can have left.
  const wasend = clientOf(server.url.replace("http:", "https:"), "node");
  const call = send(wasend);
  await until(() => server.connections === 1);
  expect(await endsAtOnce(call)).toBe(true);
  expect(await call).toMatchObject(aborted("not_sent", 1));
});

it("an abort in the queue of the agent: nothing is sent", async () => {
  server.fault = faults.silent;
  const agent = new http.Agent({ maxSockets: 1, keepAlive: true });
  const wasend = clientOf(server.url, "node", { agent });
  const first = failureOf(wasend.numbers.get("sess_1", { timeout: 200, maxRetries: 0 }));
  await until(() => server.seen.length === 1);
  const call = send(wasend);
  await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort(reason);
  expect(await call).toMatchObject(aborted("not_sent", 1));
  expect(await first).toMatchObject({ name: "TimeoutError" });
  expect(server.seen).toHaveLength(1);
});
