import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryJournal, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carefulPace } from "../../src/bulk/careful-pace.js";
import { filePace } from "../../src/bulk/file-pace.js";
import { gapOf, meanGap } from "../../src/bulk/gap.js";
import type { PaceOptions } from "../../src/bulk/pace-options.js";
import { memoryPace, type PaceState } from "../../src/bulk/pace-store.js";
import { claimSlot } from "../../src/bulk/slot.js";
import { carefulDay, mostIn } from "./campaign-careful.js";
import { finish, people, seeded, VirtualClock, world } from "./campaign-support.js";

const HOUR = 3_600_000;

/** Slot times for messages that are sent as soon as the pace lets them. */
function slots(pace: PaceOptions, count: number, random: () => number, start = 1_000_000_000_000): number[] {
  const state: PaceState = {};
  const times: number[] = [];
  let now = start;
  while (times.length < count) {
    const gapMs = pace.gapMs === undefined ? 0 : gapOf(pace.gapMs, random());
    const slot = claimSlot(pace, state, { now, gapMs, person: times.length, isNewChat: true });
    now = "at" in slot ? slot.at : slot.notBefore;
    if ("at" in slot) times.push(slot.at);
  }
  return times;
}

describe("the pace", () => {
  test("gaps are spread over the whole range, without a favourite", () => {
    const random = seeded(3);
    const gaps = Array.from({ length: 10_000 }, () => gapOf({ min: 30_000, max: 60_000 }, random()));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60_000);
    const tenths = Array<number>(10).fill(0);
    for (const gap of gaps) tenths[Math.min(9, Math.floor((gap - 30_000) / 3_000))]! += 1;
    for (const tenth of tenths) expect(tenth).toBeGreaterThan(200);
    expect(Math.max(...tenths)).toBeLessThan(2_500);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    expect(mean / meanGap({ min: 30_000, max: 60_000 })).toBeCloseTo(1, 2);
  });

  test("no window holds more than its budget, whatever the figures", () => {
    const figures = fc.record({
      perHour: fc.integer({ min: 1, max: 120 }),
      perDay: fc.integer({ min: 1, max: 400 }),
      newChatsPerDay: fc.integer({ min: 1, max: 400 }),
      gapMs: fc.constantFrom(undefined, { min: 5_000, max: 30_000 }),
    });
    fc.assert(
      fc.property(figures, fc.integer(), (pace, seed) => {
        const times = slots(pace as PaceOptions, 500, seeded(seed));
        expect(mostIn(times, HOUR)).toBeLessThanOrEqual(pace.perHour);
        expect(mostIn(times, 24 * HOUR)).toBeLessThanOrEqual(Math.min(pace.perDay, pace.newChatsPerDay));
      }),
      { numRuns: 60 },
    );
  });

  test("careful: 20, 40, then 80 an hour, 800 a day, 250 new chats a day, 30 to 60 s apart", () => {
    const { newChatsPerDay: _, perDay, ...rest } = carefulPace;
    const times = slots(rest, 8_000, seeded(5));
    const after = (days: number) => times.filter((at) => at >= times[0]! + days * 24 * HOUR);
    const until = (days: number) => times.filter((at) => at < times[0]! + days * 24 * HOUR);
    expect(mostIn(until(4), HOUR)).toBe(20);
    expect(mostIn(until(8), HOUR)).toBe(40);
    expect(mostIn(after(8), HOUR)).toBe(80);
    expect(mostIn(slots({ ...rest, warmUp: [], perDay }, 2_000, seeded(5)), 24 * HOUR)).toBe(800);
    expect(mostIn(slots(carefulPace, 1_000, seeded(5)), 24 * HOUR)).toBe(250);
    for (let at = 1; at < times.length; at += 1)
      expect(times[at]! - times[at - 1]!).toBeGreaterThanOrEqual(30_000);
  });

  test("a token bucket never meets a server's bucket empty, and loses almost nothing", () => {
    const rate = 500;
    const capacity = 50;
    const times = slots({ perSecond: rate, burst: capacity }, 10_000, seeded(1));
    const jitter = seeded(9);
    const arrivals = times.map((at) => at + jitter() * 20).sort((a, b) => a - b);
    let tokens = capacity;
    let last = arrivals[0]!;
    for (const at of arrivals) {
      tokens = Math.min(capacity, tokens + ((at - last) * rate) / 1_000);
      last = at;
      tokens -= 1;
      expect(tokens).toBeGreaterThanOrEqual(0);
    }
    const seconds = (times.at(-1)! - times[0]!) / 1_000;
    expect(times.length / (seconds * rate + capacity)).toBeGreaterThan(0.98);
  });

  test("the floor per person holds across campaigns", async () => {
    const { campaign: make, emulator } = world();
    const shared = { pace: { perRecipientMs: 6_000 }, recipients: people(2) };
    await finish(make({ ...shared, name: "a" }) as never);
    await finish(make({ ...shared, name: "b", message: { text: "Bye {{name}}" } }) as never);
    const times = emulator.messages.filter(({ to }) => to === people(1)[0]?.to).map(({ at }) => at.getTime());
    expect(times[1]! - times[0]!).toBe(6_000);
  });

  test("the floor per person holds however their number is written", async () => {
    const { campaign: make, clock } = world();
    const started = clock.now();
    for (const [name, to] of Object.entries({
      a: "+5511987654321",
      b: "+551187654321",
      c: "5511987654321@c.us",
    }))
      await finish(make({ pace: { perRecipientMs: 6_000 }, recipients: [{ to, name }], name }) as never);
    expect(clock.now() - started).toBe(12_000);
  });
});

test("2,000 recipients under careful take a day here of a second, and the plan knew how long", async () => {
  await carefulDay(2_000, 9);
}, 30_000);

test("the forecast of one number over days is right within a few percent", async () => {
  const { campaign: make, clock } = world();
  const campaign = make({ recipients: people(1_200), pace: "careful" });
  const { etaMs } = await campaign.plan();
  const start = clock.now();
  await finish(campaign as never);
  const took = clock.now() - start;
  expect(took / HOUR / 24).toBeGreaterThan(4);
  expect(etaMs / took).toBeGreaterThan(0.97);
  expect(etaMs / took).toBeLessThan(1.03);
});

describe("a pace that is shared", () => {
  const gapMs = { min: 30_000, max: 60_000 };

  test("two campaigns at once keep the gaps of one", async () => {
    const { campaign: make, emulator } = world();
    const store = memoryPace();
    const pace = { gapMs, store };
    const first = make({ name: "a", pace, recipients: people(20) });
    const second = make({ name: "b", pace, recipients: people(40).slice(20) });
    await Promise.all([finish(first as never), finish(second as never)]);
    const times = emulator.messages.map(({ at }) => at.getTime());
    expect(times).toHaveLength(40);
    for (let at = 1; at < times.length; at += 1)
      expect(times[at]! - times[at - 1]!).toBeGreaterThanOrEqual(30_000);
  });

  test("a client and its copies share one by themselves", async () => {
    const emulator = createEmulator();
    const { apiKey, session } = emulator;
    const wasend = new Wasend({ apiKey, session, fetch: emulator.fetch });
    const pace = { gapMs: { min: 120, max: 130 } };
    const message = { text: "Hi {{name}}" };
    const run = async (client: Wasend, name: string, recipients: ReturnType<typeof people>) => {
      const campaign = client.bulk.campaign({ name, pace, message, recipients, journal: memoryJournal() });
      for await (const _ of campaign.run());
    };
    const all = people(4);
    await Promise.all([
      run(wasend, "a", all.slice(0, 2)),
      run(wasend.withOptions({ maxRetries: 0 }), "b", all.slice(2)),
    ]);
    const times = emulator.messages.map(({ at }) => at.getTime());
    expect(times).toHaveLength(4);
    for (let at = 1; at < times.length; at += 1) expect(times[at]! - times[at - 1]!).toBeGreaterThan(80);
  });

  test("filePace outlives the process, is private and names nobody", async () => {
    const folder = await mkdtemp(join(tmpdir(), "wasend-pace-"));
    try {
      const path = join(folder, "pace.json");
      const clock = new VirtualClock();
      const run = async (name: string) => {
        const { campaign: make, emulator } = world({ now: () => clock.now() });
        // A store of its own each time, as in another process.
        const pace = { gapMs, perRecipientMs: 6_000, store: filePace(path) };
        await finish(make({ name, pace, clock, recipients: people(3) }) as never);
        return emulator.messages.map(({ at }) => at.getTime());
      };
      const first = await run("a");
      const second = await run("b");
      expect(second[0]! - first[2]!).toBeGreaterThanOrEqual(30_000);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      expect(await readFile(path, "utf8")).not.toContain("1415");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("a hundred claims through two stores on one file are a hundred slots", async () => {
    const folder = await mkdtemp(join(tmpdir(), "wasend-pace-"));
    try {
      const stores = [filePace(join(folder, "pace.json")), filePace(join(folder, "pace.json"))];
      const claims = Array.from({ length: 100 }, (_, place) =>
        stores[place % 2]!.update("n", (state) =>
          claimSlot({ perSecond: 1 }, state, { now: 1_000, gapMs: 0, person: place, isNewChat: false }),
        ),
      );
      const times = (await Promise.all(claims)).map((slot) => ("at" in slot ? slot.at : 0));
      expect(new Set(times).size).toBe(100);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
