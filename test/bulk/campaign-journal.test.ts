import { appendFile, mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileJournal } from "../../src/bulk/file-journal.js";
import type { JournalRecord } from "../../src/bulk/journal.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wasend-journal-"));
  path = join(folder, "campaign.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

const records = async () =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as JournalRecord);

describe("a journal in a file", () => {
  test("is private, and has every attempt before its request and the result after", async () => {
    const { campaign: make, emulator } = world();
    const seen: number[] = [];
    const { fetch } = emulator;
    void fetch;
    const campaign = make({ journal: fileJournal(path), concurrency: 1 });
    const { take } = emulator.faults;
    const checks: Promise<void>[] = [];
    emulator.faults.take = (...all) => {
      checks.push(
        records().then((lines) => void seen.push(lines.filter(({ type }) => type === "attempt").length)),
      );
      return take.apply(emulator.faults, all);
    };
    await finish(campaign as never);
    await Promise.all(checks);
    expect(seen.every((count, place) => count >= place + 1)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const [header, rows, ...rest] = await records();
    expect(header).toMatchObject({ type: "header", version: 1, name: "test", total: 3 });
    expect(rows).toMatchObject({ type: "rows", from: 1 });
    expect(rest.map(({ type }) => type)).toEqual([
      "attempt",
      "result",
      "attempt",
      "result",
      "attempt",
      "result",
    ]);
    expect(rest[0]).toMatchObject({ row: 1, to: phone(1), message: { to: phone(1), text: "Hi P1" } });
    await expect(stat(`${path}.lock`)).rejects.toThrow();
  });

  test("a last line that was cut off is left out, and an attempt without a result is unknown", async () => {
    const { campaign: make, emulator } = world();
    await finish(make({ journal: fileJournal(path), concurrency: 1 }) as never, {});
    const lines = (await readFile(path, "utf8")).split("\n");
    // The crash came between the third attempt and its result, of which only half was written.
    const torn = lines.slice(0, -2).join("\n");
    await writeFile(path, `${torn}\n${lines.at(-2)!.slice(0, 20)}`);
    const again = make({ journal: fileJournal(path), concurrency: 1 });
    const outcomes = await finish(again as never);
    expect(outcomes).toEqual([
      { row: 3, to: phone(3), status: "unknown", session: emulator.session, reason: "interrupted" },
    ]);
    expect(again.report()).toMatchObject({ sent: 2, unknown: 1 });
    expect(received(emulator).get(phone(3))).toBe(1);
    expect((await records()).at(-1)).toMatchObject({ status: "unknown" });
    expect(await again.reconcile()).toMatchObject({ sent: 1 });
  });

  test("a damaged line elsewhere stops everything", async () => {
    const { campaign: make } = world();
    await finish(make({ journal: fileJournal(path) }) as never);
    await appendFile(path, "{half\n");
    await expect(finish(make({ journal: fileJournal(path) }) as never)).rejects.toThrow(
      /Line 9 of .* is damaged/,
    );
  });

  test.each([
    ["the name", { name: "other" }, /its name was "test" and is "other"/],
    ["the template", { message: { text: "Bye {{name}}" } }, /the template's text changed/],
    ["a field of it", { message: { text: "Hi {{name}}", filename: "a" } }, /the template's filename changed/],
    ["the number of rows", { recipients: people(4) }, /it had 3 rows and has 4/],
    [
      "a row",
      { recipients: [...people(2), { to: phone(3), name: "Eve" }] },
      /the message of row 3 would be another one/,
    ],
  ])("goes on with no other campaign: %s", async (_, change, message) => {
    const { campaign: make, emulator } = world();
    for await (const _ of make({ journal: fileJournal(path), concurrency: 1 }).run()) break;
    const before = emulator.requests.length;
    await expect(finish(make({ journal: fileJournal(path), ...change }) as never)).rejects.toThrow(message);
    expect(emulator.requests).toHaveLength(before);
    await finish(make({ journal: fileJournal(path) }) as never);
    expect(received(emulator).size).toBe(3);
  });

  test("a second process is kept away by the lock, and a dead one is not", async () => {
    const { campaign: make } = world();
    const options = { journal: fileJournal(path), concurrency: 1, recipients: people(300) };
    const lock = (pid: number, host = hostname()) =>
      writeFile(`${path}.lock`, JSON.stringify({ pid, host, token: "x" }), { mode: 0o600 });
    const old = async () => {
      const then = new Date(Date.now() - 61_000);
      await utimes(`${path}.lock`, then, then);
    };
    await lock(process.ppid);
    await expect(finish(make(options) as never)).rejects.toThrow(`in use by process ${process.ppid}`);
    await lock(1, "another-host");
    await expect(finish(make(options) as never)).rejects.toThrow(/in use by process 1 on another-host/);
    await old();
    for await (const _ of make(options).run()) break;
    // No process has this id, and this process had it in an earlier life.
    for (const pid of [2 ** 22 + 1, process.pid]) {
      await lock(pid);
      for await (const _ of make(options).run()) break;
    }
    const run = make(options).run();
    await run.next();
    await expect(finish(make({ ...options, journal: fileJournal(path) }) as never)).rejects.toThrow(/in use/);
    await run.return();
  });

  test("a source that can be read only once is kept, also for the next process", async () => {
    const { campaign: make, emulator } = world();
    const once = () => people(5).values() as never;
    const first = make({ journal: fileJournal(path), recipients: once(), concurrency: 1 });
    for await (const _ of first.run()) break;
    const nothing = [].values() as never;
    await finish(make({ journal: fileJournal(path), recipients: nothing }) as never);
    expect([...received(emulator).values()]).toEqual(Array(5).fill(1));
    expect((await stat(`${path}.recipients`)).mode & 0o777).toBe(0o600);
  });

  test("a person can be forgotten, and the counts stay", async () => {
    const { campaign: make, emulator } = world();
    const recipients = () => [{ to: "+5511987654321", name: "Bia" }, ...people(2)].values() as never;
    const campaign = make({ journal: fileJournal(path), recipients: recipients(), concurrency: 1 });
    await finish(campaign as never);
    expect(await campaign.forget("+551187654321")).toBe(3);
    for (const file of [path, `${path}.recipients`]) {
      const text = await readFile(file, "utf8");
      expect(text).not.toMatch(/987654321|Bia/);
    }
    const again = make({ journal: fileJournal(path), recipients: recipients() });
    expect(await finish(again as never)).toEqual([]);
    expect(again.report()).toMatchObject({ total: 3, sent: 3 });
    expect(received(emulator).size).toBe(3);
  });

  test("a journal that cannot be written to ends the run before anything is sent", async () => {
    const { campaign: make, emulator } = world();
    const journal = fileJournal(path);
    let writes = 0;
    const broken = {
      ...journal,
      async open() {
        const open = await journal.open();
        const append: typeof open.append = async (record, options) => {
          if (record.type === "attempt" && ++writes === 2) throw new Error("the disk is full");
          return open.append(record, options);
        };
        return { ...open, append };
      },
    };
    await expect(finish(make({ journal: broken, concurrency: 1 }) as never)).rejects.toThrow(
      "the disk is full",
    );
    expect(emulator.requests).toHaveLength(1);
    await finish(make({ journal }) as never);
    expect([...received(emulator).values()]).toEqual([1, 1, 1]);
  });
});
