import { expect, test } from "vitest";
import { faultyRun } from "./campaign-faulty.js";

test("faults on every tenth of 1,500 sends: nobody is written to twice, and no doubt is hidden", async () => {
  const { report, uncertain, mostPerPhone, wrong, repeated, received, sentInTheEnd } = await faultyRun(1_500);
  expect(report).toEqual({
    total: 1_501,
    sent: 1_500 - uncertain,
    failed: 0,
    skipped: 1,
    unknown: uncertain,
    pending: 0,
  });
  expect({ mostPerPhone, wrong, repeated }).toEqual({ mostPerPhone: 1, wrong: [], repeated: 0 });
  expect(uncertain).toBeGreaterThan(80);
  // The chats' histories know who was reached, and nobody else.
  expect(sentInTheEnd).toBe(received);
}, 60_000);
