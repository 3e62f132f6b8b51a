import { type Outcome, type Wasend, WasendError } from "@wasend/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Exchange, type Fault, FaultServer, good } from "../http/fault-server.js";
import * as faults from "../http/faults.js";
import { clientOf, TRANSPORTS } from "../http/support.js";

const SENDS = Number(process.env.SOAK_SENDS ?? 100_000);
const SEED = Number(process.env.SOAK_SEED ?? 20_261_124);
const AT_ONCE = 64;
/** Calls of one number wait for each other after a 429, so there are many numbers. */
const NUMBERS = 48;

let server: FaultServer;
beforeAll(async () => {
  server = await FaultServer.start();
});
afterAll(() => server.close());

/** Small, fast and the same everywhere (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What goes wrong, how often in a thousand requests. The time-outs are rare: each holds up a place for its whole time. */
const MIX: readonly [number, Fault][] = [
  [10, faults.resetAfterRead],
  [10, faults.closesWithoutAnswer],
  [5, { request: ({ socket }) => socket.resetAndDestroy() }],
  [5, faults.halfHead],
  [8, faults.cutBody],
  [8, faults.cutChunks],
  [4, faults.resetBody],
  [1, faults.silent],
  [1, faults.slowBody],
  [1, faults.dribble],
  [4, faults.tooMany({ "retry-after-ms": "2" })],
  [2, faults.tooMany()],
  [5, faults.refuses(400)],
  [3, faults.refuses(401)],
  [3, faults.refuses(404)],
  [3, faults.refuses(422, { error: "Session status is not as expected", session: "s", status: "STOPPED" })],
  [3, faults.refuses(500, { exception: { message: "2 UNKNOWN: server returned error 463" } })],
  [3, faults.refuses(501)],
  [3, faults.refuses(302, "", { location: "http://127.0.0.1:9/" })],
  [3, faults.refuses(200, { success: false })],
  [5, faults.failsAfter(500)],
  [3, faults.refuses(500)],
  [3, faults.failsAfter(408)],
  [3, faults.failsAfter(409)],
  [3, faults.failsAfter(502, "<html>Bad Gateway</html>")],
  [5, faults.failsAfter(503, {}, { "retry-after-ms": "1" })],
  [3, faults.failsAfter(504)],
  [4, faults.saysYes(200, "")],
  [4, faults.saysYes(201, "Created")],
  [
    10,
    {
      request: (exchange) => {
        good.request?.(exchange);
        exchange.socket.end();
      },
    },
  ],
];

/** What the client said of one send. */
type Verdict = "resolved" | Outcome;

const MAY_HAVE: Readonly<Record<Verdict, readonly number[]>> = {
  resolved: [1],
  accepted: [1],
  rejected: [0],
  not_sent: [0],
  unknown: [0, 1],
};

async function soak(
  sends: number,
  seed: number,
): Promise<{ verdicts: Map<string, Verdict>; odd: unknown[] }> {
  const random = seeded(seed);
  const pick = (exchange: Exchange) => {
    let at = random() * 1_000;
    for (const [weight, fault] of MIX) {
      at -= weight;
      if (at < 0) return fault.request?.(exchange);
    }
    good.request?.(exchange);
  };
  server.fault = { request: pick };

  const dead = await FaultServer.start();
  const refused = dead.url;
  await dead.close();
  const limits = { timeout: 400, maxRetries: 2 };
  const clients = TRANSPORTS.map((transport) => ({
    working: clientOf(server.url, transport, limits),
    refused: clientOf(refused, transport, { ...limits, maxRetries: 1 }),
    noTls: clientOf(server.url.replace("http:", "https:"), transport, { ...limits, maxRetries: 0 }),
  }));
  const choose = (at: number): Wasend => {
    const { working, refused, noTls } = clients[at % 10 === 0 ? 1 : 0]!;
    const luck = random();
    return luck < 0.002 ? refused : luck < 0.003 ? noTls : working;
  };

  const verdicts = new Map<string, Verdict>();
  const odd: unknown[] = [];
  let next = 0;
  const work = async () => {
    while (next < sends) {
      const at = next;
      next += 1;
      const text = `${seed}:${at}`;
      const controller = random() < 0.005 ? new AbortController() : undefined;
      if (controller !== undefined) setTimeout(() => controller.abort(), random() * 4);
      const params = { to: "+14155550123", text, session: `sess_${at % NUMBERS}` };
      try {
        await choose(at).messages.sendText(params, { signal: controller?.signal });
        verdicts.set(text, "resolved");
      } catch (error) {
        if (error instanceof WasendError) verdicts.set(text, error.outcome);
        else odd.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { verdicts, odd };
}

/** How often each text took effect. */
function effectsByText(): Map<string, number> {
  const effects = new Map<string, number>();
  for (const { body } of server.effects) {
    const { text } = JSON.parse(body) as { text: string };
    effects.set(text, (effects.get(text) ?? 0) + 1);
  }
  return effects;
}

it(`${SENDS} sends, ${AT_ONCE} at once, through mixed faults: no duplicate, no wrong outcome`, async () => {
  const startedAt = performance.now();
  const { verdicts, odd } = await soak(SENDS, SEED);
  // What is still under way on the wire would be a late effect; it has to be counted, too.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const effects = effectsByText();
  const duplicates = [...effects].filter(([, count]) => count > 1);
  const wrong = [...verdicts].filter(
    ([text, verdict]) => !MAY_HAVE[verdict].includes(effects.get(text) ?? 0),
  );
  const tally: Record<string, number> = {};
  for (const verdict of verdicts.values()) tally[verdict] = (tally[verdict] ?? 0) + 1;
  console.log({
    sends: SENDS,
    seconds: Math.round((performance.now() - startedAt) / 1_000),
    requests: server.seen.length,
    effects: server.effects.length,
    duplicates: duplicates.length,
    wrong: wrong.length,
    ...tally,
  });
  expect(odd).toEqual([]);
  expect(duplicates).toEqual([]);
  expect(wrong).toEqual([]);
  expect(verdicts.size).toBe(SENDS);
  // Every verdict occurs, or the mix proves nothing.
  expect(Object.keys(tally).sort()).toEqual(Object.keys(MAY_HAVE).sort());
});

it("the heap stays as it is over as many calls again", async () => {
  const used = () => {
    global.gc?.();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const calls = Math.min(50_000, SENDS);
  const forget = () => {
    server.seen.length = 0;
    server.effects.length = 0;
  };
  await soak(calls / 5, SEED + 1);
  forget();
  const before = used();
  for (let part = 0; part < 5; part += 1) {
    await soak(calls / 5, SEED + 2 + part);
    forget();
  }
  const grown = used() - before;
  console.log({ calls, heapBefore: Math.round(before), grownMiB: Math.round(grown * 10) / 10 });
  expect(grown).toBeLessThan(20);
});
