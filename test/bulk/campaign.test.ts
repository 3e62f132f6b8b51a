import { expect, test } from "vitest";
import { finish, people, received, world } from "./campaign-support.js";

test("a campaign writes to everyone once, and a second run to nobody", async () => {
  const { campaign: make, emulator } = world();
  const campaign = make({ recipients: people(20) });
  const plan = await campaign.plan();
  expect(plan).toMatchObject({ total: 20, ready: 20, skipped: [] });
  expect(emulator.requests).toHaveLength(0);
  const outcomes = await finish(campaign as never);
  expect(outcomes).toHaveLength(20);
  expect([...received(emulator).values()]).toEqual(Array(20).fill(1));
  expect(campaign.report()).toEqual({ total: 20, sent: 20, failed: 0, skipped: 0, unknown: 0, pending: 0 });
  expect(await finish(campaign as never)).toEqual([]);
  expect(emulator.requests).toHaveLength(20);
  expect(emulator.problems).toEqual([]);
});
