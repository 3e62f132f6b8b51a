import { expect, test } from "vitest";
import { killAndResume } from "./campaign-kill.js";

test("a campaign that is killed three times reaches everyone once, or says that it does not know", async () => {
  const { kills, report, rows } = await killAndResume({ rows: 600, kills: 3, seed: 7 });
  expect(kills).toBe(3);
  expect(report).toMatchObject({ total: 600, pending: 0, failed: 0, skipped: 0 });
  const { "sent 1": sent = 0, "unknown 0": unreached = 0, "unknown 1": reached = 0, ...rest } = rows;
  expect(rest).toEqual({});
  expect(sent + unreached + reached).toBe(600);
  // At most what was under way at each kill.
  expect(report.unknown).toBeLessThanOrEqual(3 * 8);
}, 30_000);
