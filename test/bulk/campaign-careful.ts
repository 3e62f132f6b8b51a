import { expect } from "vitest";
import { people, received, world } from "./campaign-support.js";

const HOUR = 3_600_000;

/** The most times that lie within any window. */
export function mostIn(times: readonly number[], windowMs: number): number {
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to += 1) {
    while (times[to]! - times[from]! >= windowMs) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** A campaign of new numbers under `careful`, on the emulator: it keeps the figures, and takes what was planned. */
export async function carefulDay(
  recipients: number,
  numbers: number,
): Promise<{ hours: number; etaShare: number }> {
  const { campaign: make, wasend, emulator, clock } = world();
  const sessions = [emulator.session];
  for (let number = 1; number < numbers; number += 1) {
    const phoneNumber = `+1415777${1_000 + number}`;
    const { session } = await wasend.numbers.create({ sessionName: `n${number}`, phoneNumber });
    emulator.setState(session, "ready");
    sessions.push(session);
  }
  const campaign = make({ recipients: people(recipients), sessions, pace: "careful" });
  const { etaMs } = await campaign.plan();
  const start = clock.now();
  let lastEta = 0;
  const halfway = { at: 0, etaMs: 0 };
  campaign.on("progress", ({ done, etaMs: left }) => {
    lastEta = left;
    if (done >= recipients / 2 && halfway.at === 0) Object.assign(halfway, { at: clock.now(), etaMs: left });
  });
  for await (const _ of campaign.run()) void _;
  const took = clock.now() - start;
  expect(campaign.report()).toMatchObject({ sent: recipients, pending: 0 });
  expect(etaMs / took).toBeGreaterThan(0.95);
  expect(etaMs / took).toBeLessThan(1.05);
  expect(lastEta).toBeLessThan(60_000);
  expect(halfway.etaMs / (start + took - halfway.at)).toBeGreaterThan(0.9);
  expect(halfway.etaMs / (start + took - halfway.at)).toBeLessThan(1.1);
  expect(received(emulator).size).toBe(recipients);
  const { messages } = emulator;
  for (const session of sessions) {
    const times = messages.filter((message) => message.session === session).map(({ at }) => at.getTime());
    expect(mostIn(times, HOUR)).toBeLessThanOrEqual(20);
    expect(mostIn(times, 24 * HOUR)).toBeLessThanOrEqual(250);
  }
  return { hours: took / HOUR, etaShare: etaMs / took };
}
