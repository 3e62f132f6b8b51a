import { forget, memoryContactLists, memorySuppressions, type Suppressions } from "@wasend/sdk";
import { describe, expect, test } from "vitest";
import { DuplicateSet } from "../../src/bulk/duplicates.js";
import { finish, world } from "./campaign-support.js";

const message = { text: "hi" };
const contact = (n: number, phone: string) => ({ chatId: `555${n}@lid`, lid: `555${n}@lid`, phone });
const stopped = "+14155550199";

describe("a contact with several addresses", () => {
  const recipients = [
    { to: "+14155550123" },
    { to: contact(1, "+14155550123") },
    { to: "5551@lid" },
    { to: contact(2, stopped) },
    { to: "5552@lid" },
    { to: contact(3, "+14155550124") },
    { to: "14155550124@c.us" },
  ];

  test("is one person under all of them: for duplicates and for suppressions", async () => {
    const suppressions = memorySuppressions();
    await suppressions.add(stopped);
    const plan = await world().campaign({ recipients, message, suppressions }).plan();
    expect(plan.skipped.map(({ row, reason, detail }) => [row, reason, detail])).toEqual([
      [2, "duplicate", "the same person as row 1"],
      [3, "duplicate", "the same person as row 1"],
      [4, "suppressed", undefined],
      [5, "suppressed", undefined],
      [7, "duplicate", "the same person as row 6"],
    ]);
  });

  test("is found by suppressions that learn nothing, also when they stop after the plan", async () => {
    const asked = new Map<string, number>();
    const suppressions: Suppressions = {
      has: (to) => {
        asked.set(to, (asked.get(to) ?? 0) + 1);
        return to === stopped || (to === "+14155550124" && asked.get(to)! > 1);
      },
    };
    const rows = [{ to: contact(2, stopped) }, { to: contact(3, "+14155550124") }, { to: "+14155550125" }];
    const { campaign, emulator } = world();
    const outcomes = await finish(campaign({ recipients: rows, message, suppressions }) as never);
    expect(outcomes.map(({ row, status, reason }) => [row, status, reason])).toEqual([
      [1, "skipped", "suppressed"],
      [2, "skipped", "suppressed"],
      [3, "sent", undefined],
    ]);
    expect(emulator.messages).toHaveLength(1);
  });

  test("is left alone when a row before it has one address only", async () => {
    const suppressions = memorySuppressions();
    await suppressions.add(stopped);
    const { campaign, emulator } = world();
    const rows = [{ to: "5552@lid" }, { to: contact(2, stopped) }];
    const outcomes = await finish(campaign({ recipients: rows, message, suppressions }) as never);
    expect(outcomes.map(({ reason }) => reason)).toEqual(["suppressed", "suppressed"]);
    expect(emulator.messages).toEqual([]);
  });

  test("with an address that cannot be read is no address at all", async () => {
    const plan = await world()
      .campaign({ recipients: [{ to: { chatId: "5551@lid", phone: "4155550123" } }], message })
      .plan();
    expect(plan.skipped).toMatchObject([
      { reason: "invalid_number", detail: expect.stringMatching(/phone/) },
    ]);
  });

  test("is forgotten under all of them", async () => {
    const [lists, suppressions] = [memoryContactLists(), memorySuppressions()];
    await lists.create("l");
    await lists.add("l", [{ to: "+14155550121" }, { to: "7771@lid" }, { to: "+14155550122" }]);
    const person = { chatId: "777@lid", lid: "777@lid", phone: "+14155550121" };
    await suppressions.learn("777@lid", "7771@lid");
    const report = await forget(person, { lists: [lists], suppressions: [suppressions] });
    expect(report).toEqual({ contacts: 2, records: 0, suppressed: true });
    expect(await lists.count("l")).toBe(1);
    for (const to of ["+14155550121", "777@lid", "7771@lid"]) expect(await suppressions.has(to)).toBe(true);
    await lists.add("l", { to: "+14155550121" });
    expect(await lists.get("l", person)).toMatchObject({ to: "+14155550121" });
    expect(await lists.forget(person)).toBe(1);
  });
});

describe("a plus before the @ of a JID", () => {
  test("is left out: the same person to duplicates, suppressions and the wire", async () => {
    const suppressions = memorySuppressions();
    await suppressions.add(stopped);
    const { campaign, emulator } = world();
    const recipients = [
      { to: "+14155550123" },
      { to: "+14155550123@c.us" },
      { to: "+14155550199@c.us" },
      { to: "+14155550124@s.whatsapp.net" },
      { to: "+14155550124@c.us" },
      { to: "+5551@lid" },
    ];
    const made = campaign({ recipients, message, suppressions });
    const outcomes = await finish(made as never);
    expect(outcomes.map(({ row, reason }) => [row, reason]).sort()).toEqual([
      [1, undefined],
      [2, "duplicate"],
      [3, "suppressed"],
      [4, undefined],
      [5, "duplicate"],
      [6, "invalid_number"],
    ]);
    expect(emulator.messages.map(({ chatId }) => chatId)).toEqual(["14155550123@c.us", "14155550124@c.us"]);
  });

  test("makes nobody the same person in a set of addresses that nobody checked", () => {
    const seen = new DuplicateSet();
    expect(seen.add("+14155550123@x", 1)).toBeUndefined();
    expect(seen.add("+14155550124@x", 2)).toBeUndefined();
    expect(seen.add("+14155550124@x", 3)).toBe(2);
  });
});

describe("a look-up that names another address", () => {
  /** A world whose look-ups all give this one. */
  function lookingUp(jid: string) {
    const made: ReturnType<typeof world> = world({
      client: {
        fetch: async (url, init) =>
          String(url).includes("check-exists")
            ? Response.json({ exists: true, phone: "14155550150", jid })
            : made.emulator.fetch(url, init),
      },
    });
    return made;
  }

  test("is not sent to when that one is suppressed", async () => {
    const suppressions = memorySuppressions();
    await suppressions.add("777@lid");
    const { campaign, emulator } = lookingUp("777@lid");
    const options = { recipients: [{ to: "+14155550150" }], message, suppressions, checkExists: true };
    const outcomes = await finish(campaign(options) as never);
    expect(outcomes).toMatchObject([{ status: "skipped", reason: "suppressed" }]);
    expect(emulator.messages).toEqual([]);
    expect(await suppressions.has("+14155550150")).toBe(true);
  });

  test("is not sent to by suppressions that learn nothing either", async () => {
    const suppressions = { has: (to: string) => to === "777@lid" };
    const { campaign, emulator } = lookingUp("777@lid");
    const options = { recipients: [{ to: "+14155550150" }], message, suppressions, checkExists: true };
    await finish(campaign(options) as never);
    expect(emulator.messages).toEqual([]);
  });

  test("that is none leaves the number as it is", async () => {
    const { campaign, emulator } = lookingUp("somewhere else");
    const options = {
      recipients: [{ to: "+14155550150" }],
      message,
      suppressions: memorySuppressions(),
      checkExists: true,
    };
    expect(await finish(campaign(options) as never)).toMatchObject([{ status: "sent" }]);
    expect(emulator.messages).toMatchObject([{ chatId: "14155550150@c.us" }]);
  });
});
