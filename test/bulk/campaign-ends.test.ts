import { describe, expect, test } from "vitest";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import { memoryPace } from "../../src/bulk/pace-store.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a number that would rest past the end of a slice", () => {
  test.each([
    ["after a 401", { status: 401 }],
    ["after a 429", { status: 429, retryAfter: 60 }],
  ])("%s: the slice ends after one request, with one pause", async (_, fault) => {
    const { campaign: make, emulator, clock } = world();
    emulator.faults.next(1_000, fault);
    const start = clock.now();
    const campaign = make({ concurrency: 1 });
    const paused: string[] = [];
    campaign.on("paused", ({ reason }) => paused.push(reason));
    expect(await finish(campaign as never, { maxDurationMs: 2_000 })).toEqual([]);
    expect(paused).toHaveLength(1);
    expect(emulator.requests).toHaveLength(1);
    expect(clock.now() - start).toBeLessThanOrEqual(2_000);
    expect(campaign.report()).toMatchObject({ pending: 3, unknown: 0 });
  });

  test("still held when the next slice starts: that one ends at once", async () => {
    const { campaign: make, emulator } = world();
    const pace = { store: memoryPace() };
    const journal = memoryJournal();
    emulator.faults.next(1, { status: 429, retryAfter: 60 });
    await finish(make({ pace, journal, concurrency: 1 }) as never, { maxDurationMs: 2_000 });
    const next = make({ pace, journal });
    let paused = 0;
    next.on("paused", () => {
      paused += 1;
    });
    expect(await finish(next as never, { maxDurationMs: 2_000 })).toEqual([]);
    expect(paused).toBeLessThanOrEqual(1);
    expect(emulator.requests).toHaveLength(1);
  });
});

test("cancel() while the recipients are still being read ends the run before it sends", async () => {
  const { campaign: make, emulator } = world();
  let read = 0;
  const campaign = make({
    recipients: async function* () {
      for (const person of people(5)) {
        await sleep(5);
        read += 1;
        yield person;
      }
    },
  });
  setTimeout(() => campaign.cancel(), 12);
  expect(await finish(campaign as never)).toEqual([]);
  expect(read).toBeLessThan(5);
  expect(received(emulator).size).toBe(0);
  expect(await finish(campaign as never)).toHaveLength(5);
});

test("a run after a paused one was cancelled does not start paused", async () => {
  const { campaign: make } = world();
  const campaign = make({});
  const outcomes = [];
  for await (const outcome of campaign.run()) {
    outcomes.push(outcome);
    campaign.pause();
    campaign.cancel();
  }
  outcomes.push(...(await finish(campaign as never)));
  expect(outcomes.map(({ row }) => row).sort()).toEqual([1, 2, 3]);
});

test("a signal that aborts while the recipients are still being read does so, too", async () => {
  const { campaign: make, emulator } = world();
  const controller = new AbortController();
  const campaign = make({
    recipients: async function* () {
      yield* people(3);
      controller.abort();
    },
  });
  expect(await finish(campaign as never, { signal: controller.signal })).toEqual([]);
  expect(received(emulator).size).toBe(0);
});

test("what is no signal is refused, and the campaign can be run afterwards", async () => {
  const { campaign: make } = world();
  const campaign = make({});
  expect(() => campaign.run({ signal: {} as AbortSignal })).toThrow(/signal/);
  expect(() => campaign.run({ maxDurationMs: "1" as unknown as number })).toThrow(/maxDurationMs/);
  expect(await finish(campaign as never)).toHaveLength(3);
});

test("a source that cannot be closed does not end the run before what is under way", async () => {
  const { campaign: make, emulator } = world();
  const campaign = make({
    sessions: ["sess_a", "sess_b"],
    recipients: () => ({
      [Symbol.asyncIterator]() {
        const rows = people(40)[Symbol.iterator]();
        return {
          next: async () => rows.next(),
          return: () => Promise.reject(new Error("cursor closed already")),
        };
      },
    }),
  });
  let count = 0;
  const run = async () => {
    for await (const _ of campaign.run()) {
      count += 1;
      if (count === 3) campaign.cancel();
    }
  };
  await expect(run()).rejects.toThrow("cursor closed already");
  expect(campaign.report().sent).toBe([...received(emulator).values()].reduce((sum, n) => sum + n, 0));
  expect(campaign.report().unknown).toBe(0);
});

test("a suppression list that cannot learn ends nothing", async () => {
  const { campaign: make } = world();
  const suppressions = {
    has: () => false,
    learn: () => Promise.reject(new Error("the database is away")),
  };
  const outcomes = await finish(make({ suppressions }) as never);
  expect(outcomes.map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
});

test("after a rest that the number came well out of, failures are counted anew", async () => {
  const { campaign: make, emulator } = world();
  emulator.faults.next(100, { status: 400, match: { path: "/send" } });
  const campaign = make({ recipients: people(20), concurrency: 1 });
  let paused = 0;
  campaign.on("paused", () => {
    paused += 1;
  });
  const outcomes = await finish(campaign as never);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(20).fill("failed"));
  expect(paused).toBeLessThanOrEqual(5);
  expect(received(emulator).get(phone(1))).toBeUndefined();
});
