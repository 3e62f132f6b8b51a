import { ValidationError } from "@wasend/sdk";
import { expect, test } from "vitest";
import { carefulPace } from "../../src/bulk/careful-pace.js";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import { people, phone, world } from "./campaign-support.js";

const { campaign: make, emulator } = world();

test("a plan accounts for every row, and sends nothing", async () => {
  const recipients = [
    { to: "+14155550101", name: "Ada" },
    { to: "14155550102", name: "no plus" },
    { to: "+5511987654321", name: "Bia" },
    { to: "+551187654321", name: "Bia again" },
    { to: "+14155550103", name: "" },
    { to: "+14155550104", name: "stopped" },
    { to: "+14155550105", name: "x".repeat(5_000) },
    { to: undefined, name: "nobody" },
    { to: "120363025246125486@g.us", name: "group" },
  ];
  const plan = await make({
    recipients,
    message: { text: "Hi {{name}}" },
    suppressions: { has: async (to) => to === "+14155550104" },
  }).plan();
  expect(plan.total).toBe(9);
  expect(plan.ready).toBe(3);
  expect(plan.skipped.map(({ row, to, reason }) => [row, to.slice(-4), reason])).toEqual([
    [2, "0102", "invalid_number"],
    [4, "4321", "duplicate"],
    [5, "0103", "template_error"],
    [6, "0104", "suppressed"],
    [7, "0105", "text_too_long"],
    [8, "", "invalid_number"],
  ]);
  expect(plan.skipped[1]?.detail).toBe("the same person as row 3");
  expect(plan.samples[0]).toEqual({ row: 1, to: "+14155550101", text: "Hi Ada" });
  expect(emulator.requests).toEqual([]);
});

test("a caption is shorter than a text, and a message needs content and one file with an address", async () => {
  const reasons = async (message: object) =>
    (await make({ recipients: people(1), message }).plan()).skipped[0]?.reason;
  expect(await reasons({ text: "x".repeat(1_025) })).toBeUndefined();
  expect(await reasons({ text: "x".repeat(1_025), imageUrl: "https://example.com/a.jpg" })).toBe(
    "caption_too_long",
  );
  expect(await reasons({ text: "👍".repeat(4_096) })).toBeUndefined();
  expect(await reasons({ text: "👍".repeat(4_097) })).toBe("text_too_long");
  expect(await reasons({ text: "  " })).toBe("empty_message");
  expect(await reasons({ text: "x", imageUrl: "a.jpg" })).toBe("invalid_message");
  const two = { imageUrl: "https://example.com/a.jpg", videoUrl: "https://example.com/a.mp4" };
  expect(await reasons(two)).toBe("invalid_message");
});

test("a message that is no JSON costs its row only", async () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  const message = ({ name }: { name: string }) =>
    (name === "P1"
      ? { text: "x", preview: cycle }
      : name === "P2"
        ? { text: "x", preview: 1n }
        : { text: "x" }) as {
      text: string;
    };
  const plan = await make({ recipients: people(4), message }).plan();
  expect(plan.skipped.map(({ row, reason }) => [row, reason])).toEqual([
    [1, "invalid_message"],
    [2, "invalid_message"],
  ]);
  expect(plan.ready).toBe(2);
});

test("the warnings name what gets numbers blocked", async () => {
  const codes = async (text: string, rest: object = {}) =>
    (await make({ recipients: people(20), message: { text }, ...rest }).plan()).warnings.map(
      ({ code }) => code,
    );
  expect(await codes("Hi, see https://example.com")).toEqual([
    "same_text",
    "link_in_first_message",
    "cold_list",
  ]);
  expect(await codes("Hi {{name}}", { isNewChat: () => false })).toEqual([]);
  expect(await codes("Hi {{name}}", { pace: { perHour: 0 }, isNewChat: () => false })).toEqual([
    "never_ends",
  ]);
});

test("a source that can be read only once needs a journal that keeps it", async () => {
  const once = () => people(5)[Symbol.iterator]() as unknown as Iterable<{ to: string; name: string }>;
  await expect(make({ recipients: once(), journal: undefined }).plan()).rejects.toThrow(ValidationError);
  const campaign = make({ recipients: once(), journal: memoryJournal() });
  expect((await campaign.plan()).total).toBe(5);
  for await (const _ of campaign.run()) void _;
  expect(campaign.report()).toMatchObject({ total: 5, sent: 5 });
});

test("rows keep the numbers of their source, and two sources behind one another never share one", async () => {
  const { ROW } = await import("../../src/bulk/types.js");
  const rows = (from: number) =>
    [0, 1].map((place) => ({ to: "nobody", name: "x", [ROW]: { row: from + place * 5 } }));
  const plan = await make({ recipients: [...rows(3), ...rows(3)] }).plan();
  expect(plan.skipped.map(({ row }) => row)).toEqual([3, 8, 9, 10]);
});

test("row numbers that are none are not taken", async () => {
  const { ROW } = await import("../../src/bulk/types.js");
  for (const rows of [
    [1.5, 2.5],
    ["7", "8"],
    [Number.NaN, 1e300],
  ]) {
    const recipients = rows.map((row, place) => ({ ...people(2)[place]!, [ROW]: { row } }));
    expect((await make({ recipients }).plan()).samples.map(({ row }) => row)).toEqual([1, 2]);
  }
});

test("options that cannot work are refused at once, and all of them are named", () => {
  const wrong = () =>
    make({ name: "", sessions: ["a", "a"], concurrency: 0, pace: { perSecond: 0, perHour: -1 } });
  expect(wrong).toThrow(/name.*sessions.*concurrency.*pace\.perHour.*pace\.perSecond/);
  expect(() => make({ sessions: [] })).toThrow(/no number to send with/);
});

test.each<[string, object]>([
  ["sessions", { sessions: [""] }],
  ["sessions", { sessions: ["a", undefined] }],
  ["sessions", { sessions: "abc" }],
  ["sessions", { sessions: null }],
  ["pace", { pace: null }],
  ["pace", { pace: "fast" }],
  ["pace", { pace: [] }],
  ["pace\\.gapMs", { pace: { gapMs: null } }],
  ["pace\\.gapMs", { pace: { gapMs: { min: 5 } } }],
  ["pace\\.gapMs", { pace: { gapMs: { min: 5, max: "6" } } }],
  ["pace\\.warmUp", { pace: { warmUp: 5 } }],
  ["pace\\.warmUp", { pace: { warmUp: [0] } }],
  ["pace\\.perday", { pace: { perday: 5 } }],
  ["pace\\.toString", { pace: { toString: 5 } }],
  ["pace\\.perDay", { pace: { perDay: null } }],
  ["pace\\.store", { pace: { store: {} } }],
  ["suppressions", { suppressions: {} }],
  ["suppressions", { suppressions: null }],
  ["journal", { journal: {} }],
  ["clock", { clock: {} }],
  ["clock", { clock: null }],
  ["concurrency", { concurrency: null }],
  ["isNewChat", { isNewChat: true }],
  ["random", { random: 4 }],
])("an option that is none is refused by its name: %s, %o", (path, options) => {
  expect(() => make(options)).toThrow(ValidationError);
  expect(() => make(options)).toThrow(new RegExp(`"${path}" (?:must|is no)`));
});

test("the forecast knows gaps, hours, days and the numbers that share the work", async () => {
  const hours = async (rest: object) =>
    (await make({ recipients: people(160), isNewChat: () => false, ...rest }).plan()).etaMs / 3_600_000;
  expect(await hours({ pace: "none" })).toBeLessThan(0.01);
  expect(await hours({ pace: { perHour: 80 } })).toBeCloseTo(1, 1);
  expect(await hours({ pace: { gapMs: { min: 60_000, max: 60_000 } } })).toBeCloseTo(159 / 60, 1);
  expect(await hours({ pace: { ...carefulPace, warmUp: [] } })).toBeGreaterThan(1.8);
  expect(await hours({ pace: { perDay: 80 } })).toBeCloseTo(24, 0);
  const one = await hours({ pace: { gapMs: { min: 30_000, max: 60_000 } } });
  const two = await hours({ pace: { gapMs: { min: 30_000, max: 60_000 } }, sessions: ["a", "b"] });
  expect(two / one).toBeGreaterThan(0.45);
  expect(two / one).toBeLessThan(0.7);
});

test("recipients and message may be functions", async () => {
  const campaign = make<{ to: string; n: number }>({
    recipients: async function* () {
      for (let n = 1; n <= 3; n += 1) yield { to: phone(n), n };
    },
    message: ({ n }) => ({ text: `Number ${n}` }),
  });
  expect((await campaign.plan()).samples.map(({ text }) => text)).toEqual([
    "Number 1",
    "Number 2",
    "Number 3",
  ]);
});
