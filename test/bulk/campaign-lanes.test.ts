import { ConfigurationError, type Wasend } from "@wasend/sdk";
import { describe, expect, test } from "vitest";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import { laneChooser } from "../../src/bulk/rows.js";
import { finish, people, phone, received, type World, world } from "./campaign-support.js";

/** A world with a second number. */
async function twoNumbers(): Promise<World & { second: string; sessions: string[] }> {
  const one = world();
  const second = await addNumber(one.wasend, one.emulator);
  return { ...one, second, sessions: [one.emulator.session, second] };
}

async function addNumber(wasend: Wasend, emulator: World["emulator"]): Promise<string> {
  const { session } = await wasend.numbers.create({ sessionName: "second", phoneNumber: "+14155550199" });
  emulator.setState(session, "ready");
  return session;
}

describe("lanes", () => {
  test("a person stays with one number, and the numbers share the work", async () => {
    const { campaign: make, sessions, emulator } = await twoNumbers();
    const outcomes = await finish(make({ recipients: people(200), sessions }) as never);
    const laneFor = laneChooser(sessions);
    for (const { to, session } of outcomes) expect(session).toBe(sessions[laneFor(to)]);
    const share = outcomes.filter(({ session }) => session === sessions[0]).length;
    expect(share).toBeGreaterThan(60);
    expect(share).toBeLessThan(140);
    expect(received(emulator).size).toBe(200);
    // Two of three stay where they are when a third number comes.
    const wider = laneChooser([...sessions, "third"]);
    const moved = people(3_000).filter(({ to }) => laneFor(String(to)) !== wider(String(to)));
    expect(moved.length).toBeGreaterThan(800);
    expect(moved.length).toBeLessThan(1_200);
  });

  test("a person stays with one number however theirs is written", () => {
    const laneFor = laneChooser(["sales", "support", "info"]);
    for (let place = 10; place < 60; place += 1) {
      const long = `+551198765${4300 + place}`;
      const lanes = [long, long.replace("+55119", "+5511"), `${long.slice(1)}@c.us`].map(laneFor);
      expect(new Set(lanes).size).toBe(1);
    }
  });

  test("a number that is not ready waits alone", async () => {
    const { campaign: make, sessions, second, emulator, clock } = await twoNumbers();
    emulator.setState(second, "failed");
    const campaign = make({ recipients: people(40), sessions, pace: { gapMs: { min: 1_000, max: 2_000 } } });
    const events: string[] = [];
    campaign.on("paused", ({ session, reason }) => events.push(`${session === second} ${reason}`));
    campaign.on("resumed", ({ session }) => events.push(`${session === second} resumed`));
    void clock.sleep(3_600_000).then(() => emulator.setState(second, "ready"));
    const done: (string | undefined)[] = [];
    for await (const { session } of campaign.run()) done.push(session);
    expect(done.slice(0, done.lastIndexOf(emulator.session) + 1)).not.toContain(second);
    expect(done).toHaveLength(40);
    expect(events).toEqual(["true number_not_ready", "true resumed"]);
    expect(campaign.report()).toMatchObject({ sent: 40, pending: 0 });
  });

  test("463 holds back new chats only, for all who share the pace", async () => {
    const { campaign: make, emulator } = world();
    emulator.faults.next(1, { timelock: true });
    const options = {
      recipients: people(10),
      concurrency: 1,
      isNewChat: ({ to }: { to: unknown }) => Number(String(to).slice(-1)) % 2 === 1,
    };
    const reasons: string[] = [];
    const campaign = make(options).on("paused", ({ reason }) => reasons.push(reason));
    const rows = (await finish(campaign as never)).map(({ row }) => row);
    expect(rows).toEqual([2, 4, 6, 8, 10, 1, 3, 5, 7, 9]);
    expect(reasons).toEqual(["reachout_timelock"]);
    expect([...received(emulator).values()]).toEqual(Array(10).fill(1));
  });

  test("the budget for new chats lets running chats go on", async () => {
    const { campaign: make, clock } = world();
    const start = clock.now();
    const isNewChat = ({ to }: { to: unknown }) => Number(String(to).slice(-1)) % 2 === 1;
    const campaign = make({ recipients: people(10), concurrency: 1, isNewChat, pace: { newChatsPerDay: 2 } });
    const rows: number[] = [];
    for await (const { row } of campaign.run()) rows.push(row);
    expect(rows).toEqual([1, 2, 3, 4, 6, 8, 10, 5, 7, 9]);
    const days = (clock.now() - start) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(2);
    expect(days).toBeLessThan(2.1);
  });
});

describe("stopping", () => {
  const paced = { pace: { gapMs: { min: 30_000, max: 60_000 } }, recipients: people(10) };

  test("pause, resume and cancel", async () => {
    const { campaign: make, emulator, clock } = world();
    const campaign = make(paced);
    const events: string[] = [];
    campaign.on("paused", ({ reason }) => events.push(reason));
    campaign.on("resumed", () => events.push("resumed"));
    const run = campaign.run();
    await run.next();
    campaign.pause();
    const second = run.next();
    await clock.sleep(600_000);
    expect(emulator.requests).toHaveLength(1);
    campaign.resume();
    expect((await second).value).toMatchObject({ row: 2 });
    campaign.cancel();
    expect((await run.next()).done).toBe(true);
    expect(events).toEqual(["asked", "resumed"]);
    expect(campaign.report()).toMatchObject({ sent: 2, pending: 8 });
    await finish(campaign as never);
    expect([...received(emulator).values()]).toEqual(Array(10).fill(1));
  });

  test("a reader that leaves, and a signal, end the run after what is under way", async () => {
    const { campaign: make, emulator } = world();
    const campaign = make({ ...paced, pace: "none" });
    for await (const _ of campaign.run()) break;
    const { sent, pending } = campaign.report();
    expect(sent).toBe(emulator.requests.length);
    expect(sent + pending).toBe(10);
    const controller = new AbortController();
    controller.abort();
    expect(await finish(campaign as never, { signal: controller.signal })).toEqual([]);
    await finish(campaign as never);
    expect([...received(emulator).values()]).toEqual(Array(10).fill(1));
  });

  test("maxDurationMs slices a campaign, and a slice never waits past its end", async () => {
    const { campaign: make, emulator, clock } = world();
    const journal = memoryJournal();
    const slices: number[] = [];
    do {
      const start = clock.now();
      // A new object each time, as in a function that is called by a timer.
      const outcomes = await finish(make({ ...paced, journal }) as never, { maxDurationMs: 120_000 });
      expect(clock.now() - start).toBeLessThanOrEqual(120_000);
      slices.push(outcomes.length);
      await clock.sleep(60_000);
    } while (received(emulator).size < 10);
    expect(slices.length).toBeGreaterThan(2);
    expect([...received(emulator).values()]).toEqual(Array(10).fill(1));
  });

  test("maxDurationMs also ends a paused run", async () => {
    const { campaign: make } = world();
    const campaign = make(paced);
    campaign.pause();
    expect(await finish(campaign as never, { maxDurationMs: 60_000 })).toEqual([]);
  });

  test("two runs at once are refused, by the campaign and by the journal", async () => {
    const { campaign: make } = world();
    const journal = memoryJournal();
    const campaign = make({ ...paced, journal });
    const run = campaign.run();
    await run.next();
    expect(() => campaign.run()).toThrow(ConfigurationError);
    await expect(campaign.reconcile()).rejects.toThrow(/the run that is going on/);
    await expect(finish(make({ ...paced, journal }) as never)).rejects.toThrow(/in use/);
    await run.return();
    expect(await finish(campaign as never)).toHaveLength(9);
  });

  test("a slow reader holds the numbers back", async () => {
    const { campaign: make, emulator } = world();
    const run = make({ recipients: people(600) }).run();
    await run.next();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(emulator.requests.length).toBeLessThan(300);
    let count = 1;
    for await (const _ of run) count += 1;
    expect(count).toBe(600);
  });

  test("a source that breaks off fails the run, and the rest can be run later", async () => {
    const { campaign: make, emulator } = world();
    let reads = 0;
    const campaign = make({
      concurrency: 1,
      recipients: async function* () {
        reads += 1;
        for (const [place, person] of people(5).entries()) {
          if (reads === 2 && place === 3) throw new Error("the database went away");
          yield person;
        }
      },
    });
    await expect(finish(campaign as never)).rejects.toThrow("the database went away");
    expect(campaign.report()).toMatchObject({ sent: 3, pending: 2 });
    await finish(campaign as never);
    expect([...received(emulator).values()]).toEqual(Array(5).fill(1));
  });

  test("a recipient that changed since the plan is not written to", async () => {
    const { campaign: make, emulator } = world();
    const recipients = people(3);
    const campaign = make({ recipients, concurrency: 1 });
    await campaign.plan();
    recipients[1]!.name = "Mallory";
    await expect(finish(campaign as never)).rejects.toThrow(/Row 2 gives another message/);
    expect(received(emulator).has(phone(2))).toBe(false);
  });
});
