import { describe, expect, test } from "vitest";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

async function withUnknown(fault: object, options: object = {}) {
  const one = world();
  one.emulator.faults.next(1, { match: { path: "/send" }, ...fault });
  const journal = memoryJournal();
  const campaign = one.campaign({ recipients: people(2), concurrency: 1, journal, ...options });
  await finish(campaign as never);
  expect(campaign.report()).toMatchObject({ sent: 1, unknown: 1 });
  return { ...one, campaign, journal };
}

describe("reconcile", () => {
  test("a message in the chat's history proves it", async () => {
    const { campaign, emulator } = await withUnknown({ reset: "after" });
    expect(await campaign.reconcile()).toEqual({ sent: 1, unknown: 0, unchecked: 0 });
    expect(campaign.report()).toMatchObject({ sent: 2, unknown: 0 });
    const outcomes = [];
    for await (const outcome of campaign.outcomes()) outcomes.push(outcome);
    expect(outcomes.at(-1)).toMatchObject({
      row: 1,
      status: "sent",
      messageId: emulator.inbox(phone(1))[0]?.id,
    });
    expect(await finish(campaign as never)).toEqual([]);
    expect(emulator.problems).toEqual([]);
  });

  test("that nothing is found proves nothing", async () => {
    const { campaign, emulator } = await withUnknown({ reset: "before" });
    expect(await campaign.reconcile()).toEqual({ sent: 0, unknown: 1, unchecked: 0 });
    await finish(campaign as never);
    expect(received(emulator).has(phone(1))).toBe(false);
  });

  test.each([
    ["another text", (one: Proof) => ({ ...one, text: "Hi P2" })],
    ["a message of theirs", (one: Proof) => ({ ...one, fromMe: false })],
    ["an older one", (one: Proof) => ({ ...one, at: one.at - 2_000 })],
    ["another chat", (one: Proof) => ({ ...one, chat: phone(2) })],
    ["no text at all", (one: Proof) => ({ ...one, text: undefined })],
  ])("%s is no proof", async (_, change) => {
    const { campaign, clock } = await withUnknown({ reset: "before" });
    const proof: Proof = {
      id: "X1",
      chat: "14155000001@c.us",
      fromMe: true,
      text: "Hi P1 ",
      at: clock.now(),
    };
    expect(await campaign.reconcile({ messages: [change(proof)] })).toMatchObject({ sent: 0 });
    expect(await campaign.reconcile({ messages: [proof] })).toMatchObject({ sent: 1 });
  });

  test("a message that belongs to another row is no proof, and one proves one row only", async () => {
    const { campaign: make, emulator, clock } = world();
    const message = { text: "the same" };
    const journal = memoryJournal();
    await finish(make({ recipients: people(1), journal: memoryJournal(), message }) as never);
    const known = emulator.inbox(phone(1))[0]!;
    const recipients = [{ to: "111@lid" }, { to: "222@lid" }, { to: phone(9) }];
    emulator.faults.next(2, { reset: "before" });
    const campaign = make({ recipients, message, concurrency: 1, journal });
    await finish(campaign as never);
    expect(campaign.report()).toMatchObject({ unknown: 2, sent: 1 });
    const claimed = emulator.inbox(phone(9))[0]!.id;
    const at = clock.now();
    const messages = ["111@lid", "222@lid"].map((chat) => ({
      id: claimed,
      chat,
      fromMe: true,
      text: "the same",
      at,
    }));
    expect(await campaign.reconcile({ messages })).toMatchObject({ sent: 0, unknown: 2 });
    const again = messages.map((one) => ({ ...one, id: known.id }));
    expect(await campaign.reconcile({ messages: again })).toMatchObject({ sent: 1, unknown: 1 });
  });

  test("a message that WhatsApp did not take is no proof, and a history that fails is said", async () => {
    const { campaign, emulator } = await withUnknown({ reset: "after" });
    emulator.setAck(emulator.inbox(phone(1))[0]!.id, -1);
    expect(await campaign.reconcile()).toMatchObject({ sent: 0 });
    emulator.setState(emulator.session, "failed");
    expect(await campaign.reconcile()).toEqual({ sent: 0, unknown: 1, unchecked: 1 });
  });
});

interface Proof {
  id: string;
  chat: string;
  fromMe: boolean;
  text?: string;
  at: number;
}
