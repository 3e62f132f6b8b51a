import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csv } from "@wasend/sdk/csv";
import { fileContactLists } from "@wasend/sdk/node";
import { expect, it } from "vitest";

it("100,000 contacts stay usable", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "wasend-large-"));
  const path = join(folder, "contacts.jsonl");
  const took: Record<string, string> = {};
  const time = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work();
    took[what] = `${(performance.now() - started).toFixed(1)} ms`;
    return result;
  };
  const rows = Array.from(
    { length: 100_000 },
    (_, i) => `+49151${10_000_000 + i},Name ${i},"Berlin, DE",${i % 10 === 0 ? "vip" : ""}`,
  );
  const file = `to,name,city,wasend_tags\n${rows.join("\n")}\n`;
  try {
    const lists = fileContactLists(path);
    await lists.create("all");
    const report = await time("import 100,000", () => lists.import("all", csv(file)));
    expect(report).toMatchObject({ rows: 100_000, added: 100_000, skipped: [] });
    await time("add 1", () => lists.add("all", { to: "+4915199999999", fields: { name: "Ann" } }));
    await time("tag 1", () => lists.tag("all", "+4915199999999", "vip"));
    expect(await time("filter by tag", () => lists.count("all", { tag: "vip" }))).toBe(10_001);
    await time("export", () => lists.export("all"));
    await time("import again, unchanged", () => lists.import("all", csv(file)));
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const again = fileContactLists(path);
    expect(await time("load", () => again.count("all"))).toBe(100_001);
    globalThis.gc?.();
    took.memory = `${((process.memoryUsage().heapUsed - before) / 100_001).toFixed(0)} bytes a contact`;
    took.file = `${(statSync(path).size / 100_001).toFixed(0)} bytes a contact`;
    await time("forget 1", () => again.forget("+4915199999999"));
    console.log(took);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
