import http from "node:http";
import { Socket } from "node:net";
import type { WasendOptions } from "@wasend/sdk";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { selfSigned } from "./certificate.js";
import { FaultServer } from "./fault-server.js";
import { type Expected, MATRIX, type Row, type Target } from "./matrix.js";
import { CALLS, type CallName, clientOf, TRANSPORTS, type TransportName } from "./support.js";

const certificate = selfSigned();
/** Where redirects point to. Nobody may ever come. */
let elsewhere: FaultServer;

beforeAll(async () => {
  // Full jitter of nothing: back-off is there, and takes no time.
  vi.spyOn(Math, "random").mockReturnValue(0);
  elsewhere = await FaultServer.start();
});
afterAll(async () => {
  await elsewhere.close();
  vi.restoreAllMocks();
});

/** A connection that never comes about. */
class NowhereAgent extends http.Agent {
  override createConnection(): Socket {
    return Object.defineProperty(new Socket(), "connecting", { value: true });
  }
}

async function reach(
  target: Target,
  row: Row,
): Promise<{ server: FaultServer; url: string; options: WasendOptions }> {
  const fault = row.fault(elsewhere.url);
  const server = await FaultServer.start({ fault, ...(target === "tls" && { tls: certificate }) });
  if (target === "refused") {
    const { url } = server;
    await server.close();
    return { server, url, options: {} };
  }
  const url = {
    plain: server.url,
    tls: server.url,
    "tls to plain": server.url.replace("http:", "https:"),
    "no such host": "https://nothing.invalid",
    nowhere: server.url,
  }[target];
  return { server, url, options: target === "nowhere" ? { agent: new NowhereAgent() } : {} };
}

/** How often a call is made, from the rules alone. */
function attemptsOf(expected: Expected, call: CallName, maxRetries: number): number {
  const isRepeated = expected.again === "always" || (expected.again === "but sends" && call !== "send");
  return isRepeated ? 1 + maxRetries : 1;
}

describe.concurrent.each(TRANSPORTS)("over %s", (transport: TransportName) => {
  describe.concurrent.each(Object.keys(CALLS) as CallName[])("a %s", (call) => {
    describe.concurrent.each([0, 3])("with maxRetries %i", (maxRetries) => {
      const rows = MATRIX.filter((row) => !(transport === "fetch" && row.target === "nowhere"));
      it.concurrent.each(rows)("$name", async (row) => {
        const { server, url, options } = await reach(row.target ?? "plain", row);
        const limits = { maxRetries, timeout: row.timesOut ? 250 : 20_000, deadline: 30_000 };
        const wasend = clientOf(url, transport, { ...limits, ...options });
        const controller = new AbortController();
        const listening = vi.spyOn(controller.signal, "addEventListener");
        const unlistening = vi.spyOn(controller.signal, "removeEventListener");
        const result = await CALLS[call](wasend.withOptions({}))
          .withResponse()
          .then(
            ({ attempts }) => ({ resolved: true, attempts }),
            (error) => error,
          );
        expect(listening.mock.calls.length).toBe(unlistening.mock.calls.length);

        const expected: Expected = { ...row, ...row.over?.[transport] };
        const isFine = row.resolves?.includes(call) === true;
        const attempts = isFine ? 1 : attemptsOf(expected, call, maxRetries);
        const seen = attempts * (row.seen ?? 1);
        const effects = seen * (row.effect ?? 0);
        const counts = { seen: server.seen.length, effects: server.effects.length };
        await server.close().catch(() => {});

        expect(counts).toEqual({ seen, effects });
        if (call === "send") expect(effects).toBeLessThanOrEqual(1);
        if (isFine) return expect(result).toEqual({ resolved: true, attempts });
        const { name, outcome, safeToResend } = result;
        expect({ name, outcome, safeToResend, attempts: result.attempts }).toEqual({
          name: expected.error,
          outcome: expected.outcome,
          safeToResend: ["not_sent", "rejected"].includes(expected.outcome),
          attempts,
        });
        expect(result.code).toEqual(expect.any(String));
        expect(result.message).toContain(
          call === "send" ? "messages.sendText (POST /sendText)" : "/sessions/{sessionId}",
        );
      });
    });
  });
});

it("no redirect was followed", () => {
  expect(elsewhere.connections).toBe(0);
});
