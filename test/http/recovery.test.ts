import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Fault, FaultServer, good, inTurn } from "./fault-server.js";
import * as faults from "./faults.js";
import { CALLS, type CallName, clientOf, failureOf, TRANSPORTS } from "./support.js";

let server: FaultServer;

beforeEach(async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await FaultServer.start();
});
afterEach(async () => {
  await server.close();
  vi.restoreAllMocks();
});

const { refuses, failsAfter, tooMany, resetAfterRead, cutBody } = faults;
const gone = refuses(404);

interface Story {
  name: string;
  call: CallName;
  faults: Fault[];
  seen: number;
  effects: number;
  /** What the call ends with; nothing when it succeeds. */
  error?: { name: string; outcome: string };
}

/** Failures that follow each other: what one attempt shows decides about the next, what all show makes the outcome. */
const STORIES: Story[] = [
  { name: "429, then yes", call: "send", faults: [tooMany()], seen: 2, effects: 1 },
  { name: "429 twice, then yes", call: "send", faults: [tooMany(), tooMany()], seen: 3, effects: 1 },
  {
    name: "429, then a reset",
    call: "send",
    faults: [tooMany(), resetAfterRead],
    seen: 2,
    effects: 1,
    error: { name: "ConnectionError", outcome: "unknown" },
  },
  {
    name: "429, then a refusal",
    call: "send",
    faults: [tooMany(), refuses(403)],
    seen: 2,
    effects: 0,
    error: { name: "PermissionError", outcome: "rejected" },
  },
  {
    name: "429, then a cut 200",
    call: "send",
    faults: [tooMany(), cutBody],
    seen: 2,
    effects: 1,
    error: { name: "ResponseReadError", outcome: "accepted" },
  },
  { name: "reset, then yes", call: "read", faults: [resetAfterRead], seen: 2, effects: 2 },
  { name: "cut, 500, then yes", call: "read", faults: [cutBody, failsAfter(500)], seen: 3, effects: 3 },
  {
    name: "500, then a refusal, which is final",
    call: "read",
    faults: [refuses(500), refuses(403)],
    seen: 2,
    effects: 0,
    error: { name: "PermissionError", outcome: "unknown" },
  },
  {
    name: "reset, then gone: it was this call",
    call: "delete",
    faults: [resetAfterRead, gone],
    seen: 2,
    effects: 1,
  },
  { name: "cut, then gone: it was this call", call: "delete", faults: [cutBody, gone], seen: 2, effects: 1 },
  {
    name: "503, then gone: it was this call",
    call: "delete",
    faults: [failsAfter(503), gone],
    seen: 2,
    effects: 1,
  },
  {
    name: "429, then gone: it was another",
    call: "delete",
    faults: [tooMany(), gone],
    seen: 2,
    effects: 0,
    error: { name: "NotFoundError", outcome: "rejected" },
  },
  {
    name: "500, then gone: nobody knows what was read",
    call: "read",
    faults: [refuses(500), gone],
    seen: 2,
    effects: 0,
    error: { name: "NotFoundError", outcome: "unknown" },
  },
];

describe.each(TRANSPORTS)("over %s", (transport) => {
  it.each(STORIES)("a $call: $name", async ({ call, faults, seen, effects, error }) => {
    server.fault = inTurn(...faults);
    const result = CALLS[call](clientOf(server.url, transport));
    if (error === undefined) {
      expect((await result.withResponse()).attempts).toBe(seen);
    } else {
      expect(await failureOf(result)).toMatchObject({ ...error, attempts: seen });
    }
    expect([server.seen.length, server.effects.length]).toEqual([seen, effects]);
  });

  it("a send that was refused with 429 and then not connected is tried again", async () => {
    server.fault = {
      request: ({ answer, socket }) => {
        answer(429, { "retry-after-ms": "30", connection: "close" }, "{}");
        socket.end();
        server.refuse();
      },
    };
    const wasend = clientOf(server.url, transport, { maxRetries: 3 });
    const error = await failureOf(CALLS.send(wasend));
    expect(error).toMatchObject({
      name: "ConnectionError",
      outcome: "rejected",
      attempts: 4,
      safeToResend: true,
    });
    expect(server.seen).toHaveLength(1);
  });

  it("a listener that heard of a retry knows what the failed attempt left behind", async () => {
    server.fault = inTurn(faults.resetAfterRead, tooMany({ "retry-after-ms": "3" }), good);
    const wasend = clientOf(server.url, transport);
    const heard: unknown[] = [];
    wasend.on("retry", ({ attempt, outcome, status, waitMs }) =>
      heard.push({ attempt, outcome, status, waitMs }),
    );
    await CALLS.read(wasend);
    expect(heard).toEqual([
      { attempt: 1, outcome: "unknown", status: undefined, waitMs: 0 },
      { attempt: 2, outcome: "rejected", status: 429, waitMs: 3 },
    ]);
  });
});
