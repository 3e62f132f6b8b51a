import { csv } from "@wasend/sdk/csv";
import { expect, it } from "vitest";
import { DuplicateSet } from "../../src/bulk/duplicates.js";
import { readRecipients } from "../../src/bulk/recipients.js";

const ROWS = 1_000_000;
const MB = 1 << 20;

/** A file of a million rows, made while it is read; every 1000th row is a reject, every 100th has quotes. */
async function* file() {
  const encoder = new TextEncoder();
  yield encoder.encode("to,name,city,note\n");
  let text = "";
  for (let i = 0; i < ROWS; i++) {
    const number = i % 1000 === 7 ? "9.19876E+11" : `+49151${String(10_000_000 + i)}`;
    const note = i % 100 === 0 ? `"says ""hi"",\nand more"` : `note ${i}`;
    text += `${number},Name ${i},Berlin,${note}\n`;
    if (text.length < 1 << 16) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text);
}

it("reads a million rows in constant memory", { timeout: 120_000 }, async () => {
  const seen = new DuplicateSet();
  let [ready, skipped, duplicates, most] = [0, 0, 0, 0];
  globalThis.gc?.();
  const before = process.memoryUsage();
  const started = performance.now();
  for await (const { row, recipient, reject } of readRecipients(csv(file))) {
    if (reject !== undefined) skipped++;
    else if (seen.add(recipient.to, row) === undefined) ready++;
    else duplicates++;
    if (row % 50_000 === 0) {
      globalThis.gc?.();
      most = Math.max(most, process.memoryUsage().heapUsed - before.heapUsed);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${ROWS} rows in ${seconds.toFixed(1)} s; heap at most ${(most / MB).toFixed(1)} MB more; ` +
      `duplicate set ${(seen.bytes / MB).toFixed(1)} MB outside the heap, ${(seen.bytes / seen.size).toFixed(1)} bytes a row`,
  );
  expect([ready, skipped, duplicates]).toEqual([ROWS - ROWS / 1000, ROWS / 1000, 0]);
  expect(seen.bytes / seen.size).toBeLessThanOrEqual(30);
  expect(most).toBeLessThan(64 * MB);
});
