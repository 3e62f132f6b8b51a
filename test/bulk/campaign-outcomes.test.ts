import { ConfigurationError } from "@wasend/sdk";
import { describe, expect, test } from "vitest";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import type { CampaignEvents } from "../../src/bulk/options.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

type Paused = CampaignEvents["paused"];

function campaignWith(fault: object, options: object = {}) {
  const one = world();
  one.emulator.faults.next(1, { match: { path: "/send" }, ...fault });
  const campaign = one.campaign({ recipients: people(3), concurrency: 1, ...options });
  const paused: string[] = [];
  const resumed: string[] = [];
  campaign.on("paused", ({ reason }: Paused) => paused.push(reason));
  campaign.on("resumed", ({ session }) => resumed.push(session));
  return { ...one, campaign, paused, resumed };
}

describe("what a failed send makes of its row", () => {
  test.each([
    ["400", { status: 400 }, "failed", "bad_request"],
    ["404", { status: 404 }, "failed", "not_found"],
    ["413", { status: 413 }, "failed", "payload_too_large"],
    ["501", { status: 501 }, "failed", "server_error"],
    ["408", { status: 408 }, "unknown", "api_error"],
    ["409", { status: 409 }, "unknown", "conflict"],
    ["500", { status: 500, effect: "after" }, "unknown", "server_error"],
    ["502 as a page", { html: 502 }, "unknown", "server_error"],
    ["503", { status: 503 }, "unknown", "server_error"],
    ["a reset before", { reset: "before" }, "unknown", "connection_error"],
    ["a reset after", { reset: "after" }, "unknown", "connection_error"],
    ["a cut body", { cutBody: true }, "unknown", "response_read_error"],
  ])("%s", async (_, fault, status, reason) => {
    const { campaign, emulator, paused } = campaignWith(fault);
    const [first, ...others] = await finish(campaign as never);
    expect(first).toMatchObject({ row: 1, to: phone(1), status, reason });
    expect(first?.error?.outcome).toBe(
      status === "failed" ? "rejected" : reason === "response_read_error" ? "accepted" : "unknown",
    );
    expect(others.map((other) => other.status)).toEqual(["sent", "sent"]);
    expect(paused).toEqual([]);
    // Never again.
    expect(await finish(campaign as never)).toEqual([]);
    expect(emulator.requests).toHaveLength(3);
  });

  test("a complete yes without an id is sent, without an id", async () => {
    const { campaign } = campaignWith({ status: 200, body: {}, effect: "after" });
    const [first] = await finish(campaign as never);
    expect(first).toEqual({ row: 1, to: phone(1), status: "sent", session: "sess_e0a1b2c3" });
  });

  test.each([
    ["401", { status: 401 }, "unauthorized"],
    ["463", { timelock: true }, "reachout_timelock"],
    [
      "number not ready",
      { status: 422, body: { error: "x", session: "s", status: "STOPPED" } },
      "number_not_ready",
    ],
    ["429", { status: 429, retryAfter: 1 }, "rate_limited"],
  ])("%s puts it back, and the number rests", async (_, fault, reason) => {
    const { campaign, emulator, clock, paused, resumed } = campaignWith(fault);
    const start = clock.now();
    const outcomes = await finish(campaign as never);
    expect(outcomes.map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
    expect(paused).toEqual([reason]);
    expect(resumed).toEqual([emulator.session]);
    expect([...received(emulator).values()]).toEqual([1, 1, 1]);
    const waited = clock.now() - start;
    if (reason === "rate_limited") expect(waited).toBe(1_000);
    else if (reason === "reachout_timelock") expect(waited).toBe(6 * 3_600_000);
    else expect(waited).toBe(5_000);
  });

  test("no network puts it back until the number can be reached", async () => {
    const { campaign, clock, emulator } = world();
    const real = emulator.fetch;
    let isDown = true;
    const dead = world({
      client: {
        fetch: (async (...all: Parameters<typeof fetch>) => {
          if (!isDown) return real(...all);
          throw new TypeError("fetch failed", {
            cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }),
          });
        }) as typeof fetch,
      },
    });
    void campaign;
    void clock;
    const own = dead.campaign({ recipients: people(3), concurrency: 1 });
    const reasons: string[] = [];
    own.on("paused", ({ reason }) => reasons.push(reason));
    const until = dead.clock.now() + 60_000;
    void dead.clock.sleep(60_000).then(() => {
      isDown = false;
    });
    const outcomes = await finish(own as never);
    expect(outcomes.map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
    expect(reasons).toEqual(["unreachable"]);
    expect(dead.clock.now()).toBeGreaterThan(until);
    // 5 + 10 + 20 + 40 s
    expect(dead.clock.now() - until + 60_000).toBe(75_000);
  });
});

test("a run of failures rests the number, and fails only the rows that fail again", async () => {
  const { campaign: make, emulator, clock } = world();
  const start = clock.now();
  emulator.faults.next(6, { status: 400, match: { path: "/send" } });
  const campaign = make({ recipients: people(10), concurrency: 1 });
  const paused: string[] = [];
  campaign.on("paused", ({ reason }) => paused.push(reason));
  const outcomes = await finish(campaign as never);
  expect(outcomes.map(({ status }) => status)).toEqual([
    ...Array(5).fill("failed"),
    ...Array(5).fill("sent"),
  ]);
  // The number said that it was ready, and the sixth failure is the first of a new run of them.
  expect(paused).toEqual(["failures"]);
  expect(clock.now() - start).toBe(5_000);
  expect(emulator.requests.filter(({ path }) => path === "/send")).toHaveLength(11);
});

test("unknown is never tried again, unless duplicates were accepted", async () => {
  const held = campaignWith({ reset: "after" });
  await finish(held.campaign as never);
  await finish(held.campaign as never);
  expect(received(held.emulator).get(phone(1))).toBe(1);
  expect(held.campaign.report()).toMatchObject({ sent: 2, unknown: 1 });

  const again = campaignWith({ reset: "after" }, { onUnknown: "mayDuplicate" });
  const outcomes = await finish(again.campaign as never);
  expect(outcomes.map(({ status }) => status)).toEqual(["sent", "sent", "sent"]);
  expect(received(again.emulator).get(phone(1))).toBe(2);
});

test("mayDuplicate also takes up what an earlier run left unknown", async () => {
  const journal = memoryJournal();
  const { campaign: make, emulator } = world();
  emulator.faults.next(1, { reset: "after" });
  await finish(make({ journal, concurrency: 1 }) as never);
  const second = make({ journal, onUnknown: "mayDuplicate" });
  const outcomes = await finish(second as never);
  expect(outcomes).toHaveLength(1);
  expect(second.report()).toMatchObject({ sent: 3, unknown: 0 });
  expect(received(emulator).get(phone(1))).toBe(2);
});

test("run without a journal says what there is", () => {
  const { campaign } = world();
  const without = campaign({ journal: undefined });
  expect(() => without.run()).toThrow(ConfigurationError);
  expect(() => without.run()).toThrow(/fileJournal\(path\).*memoryJournal\(\)/);
});

test("suppressions are asked again right before the attempt, and learn other names of a person", async () => {
  const { campaign: make, emulator } = world();
  const stopped = new Set<string>();
  const learned: string[][] = [];
  const campaign = make({
    recipients: people(3),
    concurrency: 1,
    pace: { gapMs: { min: 30_000, max: 60_000 } },
    suppressions: {
      has: (to) => stopped.has(to),
      learn: (to, alias) => void learned.push([to, alias]),
    },
  });
  const outcomes = [];
  for await (const outcome of campaign.run()) {
    outcomes.push(outcome);
    stopped.add(phone(2));
  }
  expect(outcomes.map(({ status, reason }) => [status, reason])).toEqual([
    ["sent", undefined],
    ["skipped", "suppressed"],
    ["sent", undefined],
  ]);
  expect(received(emulator).has(phone(2))).toBe(false);
  expect(learned[0]?.[0]).toBe(phone(1));
  expect(campaign.report()).toEqual({ total: 3, sent: 2, failed: 0, skipped: 1, unknown: 0, pending: 0 });
});

test("checkExists leaves out who is not on WhatsApp, and typing is shown to the others", async () => {
  const { campaign: make, emulator, clock } = world();
  emulator.notOnWhatsApp.add(phone(2));
  const start = clock.now();
  const outcomes = await finish(make({ checkExists: true, typing: true, concurrency: 1 }) as never);
  expect(outcomes.map(({ status, reason }) => [status, reason])).toEqual([
    ["sent", undefined],
    ["skipped", "not_on_whatsapp"],
    ["sent", undefined],
  ]);
  const paths = emulator.requests.map(({ path }) => path);
  expect(paths.filter((path) => path === "/startTyping")).toHaveLength(2);
  expect(paths.filter((path) => path === "/stopTyping")).toHaveLength(2);
  expect(clock.now() - start).toBe(6_000);
  expect(emulator.problems).toEqual([]);
});

test("a listener that throws does not reach the campaign", async () => {
  const { campaign: make } = world();
  const campaign = make({});
  campaign.on("progress", () => {
    throw new Error("bar");
  });
  expect(await finish(campaign as never)).toHaveLength(3);
});

test("every outcome can be exported, and no cell of it is a formula", async () => {
  const { campaign: make, emulator } = world();
  emulator.faults.next(1, { status: 400 });
  const campaign = make({
    recipients: [...people(2), { to: "=cmd|calc", name: "x" }],
    concurrency: 1,
  });
  await finish(campaign as never);
  const text = async (format: "csv" | "json") => {
    let all = "";
    for await (const piece of campaign.export(format)) all += piece;
    return all;
  };
  const csv = (await text("csv")).trim().split("\r\n");
  expect(csv[0]).toBe("row,to,status,session,messageId,reason,detail,at");
  expect(csv[1]).toMatch(/^3,'=cmd\|calc,skipped,,,invalid_number,/);
  expect(csv[2]).toMatch(/^1,'\+14155000001,failed,sess_e0a1b2c3,,bad_request,,2026-/);
  expect(csv).toHaveLength(4);
  expect(JSON.parse(await text("json"))).toHaveLength(3);
});
