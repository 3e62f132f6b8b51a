import http from "node:http";
import https from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { selfSigned } from "./certificate.js";
import { answerText, type Fault, FaultServer, good, goodBody } from "./fault-server.js";
import * as faults from "./faults.js";
import { CALLS, clientOf, failureOf, TRANSPORTS, until } from "./support.js";

let server: FaultServer;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  server = await FaultServer.start();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  for (const close of closers.splice(0)) await close();
});

/** Answers, and closes the connection so many milliseconds later, as a server does with idle connections. */
function closesIdleAfter(ms: number): Fault {
  return {
    request: (exchange) => {
      good.request?.(exchange);
      if (ms === 0) exchange.socket.end();
      else setTimeout(() => exchange.socket.end(), ms);
    },
  };
}

/** How a send ended: its outcome, or that it succeeded. */
function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "resolved",
    (error: { outcome?: unknown }) => error.outcome,
  );
}

const connectionsSeen = () => server.seen.map(({ connection }) => connection);

describe("the default transport", () => {
  const client = (options = {}) => clientOf(server.url, "node", options);

  it("calls share a connection", async () => {
    const wasend = client();
    for (let i = 0; i < 5; i += 1) await (i % 2 === 0 ? CALLS.send(wasend) : CALLS.read(wasend));
    expect(server.connections).toBe(1);
  });

  it("a send takes no connection that was idle for more than a second; a read does", async () => {
    const wasend = client();
    const now = vi.spyOn(performance, "now");
    const real = now.getMockImplementation() ?? (() => Number(process.hrtime.bigint()) / 1e6);
    let shift = 0;
    now.mockImplementation(() => real() + shift);
    await CALLS.send(wasend);
    await wait(5);
    shift += 900;
    await CALLS.send(wasend);
    expect(connectionsSeen()).toEqual([1, 1]);
    await wait(5);
    shift += 1_100;
    await CALLS.read(wasend);
    expect(connectionsSeen()).toEqual([1, 1, 1]);
    await wait(5);
    shift += 1_100;
    await CALLS.send(wasend);
    expect(connectionsSeen()).toEqual([1, 1, 1, 2]);
    await until(() => !server.isOpen(1));
  });

  it("a connection that the server closed after its answer costs a send nothing", async () => {
    server.fault = closesIdleAfter(0);
    const wasend = client({ maxRetries: 0 });
    for (let i = 1; i <= 40; i += 1) {
      const { attempts } = await CALLS.send(wasend).withResponse();
      expect([attempts, server.effects.length]).toEqual([1, i]);
    }
  });

  it("a connection whose close is under way costs at most an unknown, never a second delivery", async () => {
    const wasend = client();
    let resolved = 0;
    for (let i = 0; i < 80; i += 1) {
      server.fault = closesIdleAfter((i % 4) + 0.5);
      await wait(i % 5);
      const before = server.effects.length;
      const outcome = await outcomeOf(CALLS.send(wasend));
      const effects = server.effects.length - before;
      expect(["resolved", "unknown"]).toContain(outcome);
      if (outcome === "resolved") expect(effects).toBe(1);
      expect(effects).toBeLessThanOrEqual(1);
      resolved += outcome === "resolved" ? 1 : 0;
    }
    expect(resolved).toBeGreaterThan(40);
  });

  it("many dead connections at once cost nobody an unknown", async () => {
    const wasend = client({ maxRetries: 0 });
    await Promise.all(Array.from({ length: 20 }, () => CALLS.send(wasend)));
    server.drop();
    const sends = await Promise.all(Array.from({ length: 20 }, () => CALLS.send(wasend).withResponse()));
    expect(sends.map(({ attempts }) => attempts)).toEqual(Array(20).fill(1));
    expect(server.effects).toHaveLength(40);
  });

  it("a read on a dead connection is repeated", async () => {
    const wasend = client();
    vi.spyOn(Math, "random").mockReturnValue(0);
    for (let i = 0; i < 20; i += 1) {
      server.fault = closesIdleAfter(i % 3);
      await CALLS.read(wasend);
    }
  });

  it("a connection that was aborted is not used again", async () => {
    const wasend = client();
    await CALLS.send(wasend);
    server.fault = faults.silent;
    const failed = failureOf(wasend.numbers.get("sess_1", { timeout: 30, maxRetries: 0 }));
    expect(await failed).toMatchObject({ name: "TimeoutError" });
    server.fault = good;
    await CALLS.send(wasend);
    expect(connectionsSeen()).toEqual([1, 1, 2]);
  });

  it("the same over TLS", async () => {
    const tls = selfSigned();
    const secure = await FaultServer.start({ tls });
    closers.push(() => secure.close());
    const agent = new https.Agent({ keepAlive: true, ca: tls.cert });
    closers.push(() => agent.destroy());
    const wasend = clientOf(secure.url, "node", { agent, maxRetries: 0 });
    await CALLS.send(wasend);
    await CALLS.send(wasend);
    expect([secure.connections, secure.effects.length]).toEqual([1, 2]);
    secure.drop();
    await CALLS.send(wasend);
    expect([secure.connections, secure.effects.length]).toEqual([2, 3]);
  });
});

describe("an agent of the user's", () => {
  /** A proxy of its own kind: it counts what it connects, and knows the only way to the server. */
  class CountingAgent extends http.Agent {
    made = 0;
    override createConnection(...args: Parameters<http.Agent["createConnection"]>) {
      this.made += 1;
      return super.createConnection(...args);
    }
  }

  it("makes every connection, also the one in place of a dead one", async () => {
    const agent = new CountingAgent({ keepAlive: true });
    closers.push(() => agent.destroy());
    server.fault = closesIdleAfter(0);
    const wasend = clientOf(server.url, "node", { agent, maxRetries: 0 });
    for (let i = 0; i < 10; i += 1) await CALLS.send(wasend);
    expect(server.effects).toHaveLength(10);
    expect(agent.made).toBe(server.connections);
  });
});

describe.each(TRANSPORTS)("a server that reads the next request and closes, over %s", (transport) => {
  it("gets every send once, and the outcome of a lost answer is unknown", async () => {
    server.fault = faults.answersOnce;
    const wasend = clientOf(server.url, transport);
    const outcomes: unknown[] = [];
    for (let i = 0; i < 20; i += 1) outcomes.push(await outcomeOf(CALLS.send(wasend)));
    // fetch takes a new connection now and then, as it likes.
    if (transport === "node") expect(outcomes).toEqual(Array(10).fill(["resolved", "unknown"]).flat());
    expect(new Set(outcomes)).toEqual(new Set(["resolved", "unknown"]));
    expect([server.seen.length, server.effects.length]).toEqual([20, 20]);
  });

  it("a read is repeated until it is answered", async () => {
    server.fault = faults.answersOnce;
    vi.spyOn(Math, "random").mockReturnValue(0);
    const wasend = clientOf(server.url, transport);
    let attempts = 0;
    for (let i = 0; i < 10; i += 1) attempts += (await CALLS.read(wasend).withResponse()).attempts;
    expect(attempts).toBeGreaterThan(10);
    expect(server.seen).toHaveLength(attempts);
  });
});

it("an answer that comes before a large body has been read is not lost", async () => {
  server.fault = {
    deaf: true,
    connect: (socket) => {
      socket.once("data", () =>
        socket.end("HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"),
      );
    },
  };
  const data = "A".repeat(4_000_000);
  const error = await failureOf(
    clientOf(server.url, "node").messages.sendImage({ to: "+14155550123", data }),
  );
  expect(error).toMatchObject({ name: "PayloadTooLargeError", outcome: "rejected", attempts: 1 });
});

it("what a kept connection brings unasked is not taken for the next answer", async () => {
  server.fault = {
    request: ({ request, answer, socket, effect }) => {
      effect();
      answer(200, {}, goodBody(request));
      if (request.nth === 1) socket.write(answerText(200, {}, '{"id":"of another"}'));
    },
  };
  const wasend = clientOf(server.url, "node");
  await CALLS.send(wasend);
  expect(await CALLS.send(wasend)).toMatchObject({ id: "true_1@c.us_A" });
  expect(server.effects).toHaveLength(2);
});
