import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileContactLists, fileSuppressions } from "@wasend/sdk/node";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "wasend-stores-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Child {
  process: ChildProcess;
  /** The last thing that it said was safe. */
  last(): number;
}

function start(what: string, path: string, first: number): Child {
  const script = fileURLToPath(new URL("./stores-child.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, what, path, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  return { process: child, last: () => Number(said.split("\n").at(-2) ?? -1) };
}

it("loses nothing that was promised when a process is killed while it writes", {
  timeout: 30_000,
}, async () => {
  const path = join(folder, "lists.jsonl");
  let next = 500_000;
  for (let round = 0; round < 3; round++) {
    const child = start("lists", path, next);
    while (child.last() < next + 3 + round * 5) await new Promise((resolve) => setTimeout(resolve, 3));
    child.process.kill("SIGKILL");
    await once(child.process, "exit");
    const lists = fileContactLists(path);
    for (let i = next; i <= child.last(); i++) {
      expect((await lists.get("all", `+${i * 20}`)) === undefined, `+${i * 20}`).toBe(i % 7 === 0);
      expect(await lists.get("all", `+${i * 20 + 19}`)).toBeDefined();
    }
    next = child.last() + 10;
  }
  const lists = fileContactLists(path);
  const before = await lists.count("all");
  await lists.add("all", { to: "+14155550101" });
  expect(await fileContactLists(path).count("all")).toBe(before + 1);
});

it("keeps what three processes write into one file at a time", { timeout: 30_000 }, async () => {
  const path = join(folder, "suppressions.jsonl");
  const firsts = [1, 2, 3].map((n) => n * 10_000_000);
  const watching = fileSuppressions(path);
  const children = firsts.map((first) => start("suppressions", path, first));
  await Promise.all(children.map(({ process }) => once(process, "exit")));
  for (const list of [watching, fileSuppressions(path)]) {
    for (const first of firsts)
      for (let i = 0; i < 50; i++) expect(await list.has(`+${first + i}`), `+${first + i}`).toBe(true);
    expect(await list.list()).toHaveLength(150 - 6);
  }
  expect(readdirSync(folder).filter((name) => name.startsWith("suppressions"))).toEqual([
    "suppressions.jsonl",
  ]);
});
