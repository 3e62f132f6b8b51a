import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileJournal } from "../../src/bulk/file-journal.js";
import type { Journal } from "../../src/bulk/journal.js";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import { type CampaignRecipient, ROW } from "../../src/bulk/types.js";
import { ConfigurationError, ValidationError } from "../../src/errors/index.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wasend-source-"));
});
afterEach(() => rm(folder, { recursive: true }));

const message = { text: "Hi" };
const journals: [string, () => Journal][] = [
  ["in memory", memoryJournal],
  ["in a file", () => fileJournal(join(folder, "campaign.jsonl"))],
];

async function* once(rows: readonly unknown[], failure?: Error): AsyncGenerator<CampaignRecipient> {
  for (const row of rows) yield row as CampaignRecipient;
  if (failure !== undefined) throw failure;
}

describe.each(journals)("recipients that can be read only once, journal %s", (_, journal) => {
  test("break off: they are never taken for all there were", async () => {
    const { campaign: make, emulator } = world();
    const options = { journal: journal(), recipients: once(people(3), new Error("the database is away")) };
    const campaign = make({ ...options, message });
    await expect(campaign.plan()).rejects.toThrow("the database is away");
    await expect(campaign.plan()).rejects.toThrow(ValidationError);
    await expect(finish(campaign as never)).rejects.toThrow(/new source/);
    expect(received(emulator).size).toBe(0);
  });

  test("are planned twice at the same time: both plans have all", async () => {
    const { campaign: make } = world();
    const campaign = make({ journal: journal(), recipients: once(people(10)) as never, message });
    const plans = await Promise.all([campaign.plan(), campaign.plan()]);
    expect(plans.map(({ total }) => total)).toEqual([10, 10]);
  });

  test("used up by another journal's campaign: refused", async () => {
    const { campaign: make } = world();
    const recipients = once(people(3)) as never;
    await make({ journal: memoryJournal(), recipients, message }).plan();
    await expect(make({ journal: journal(), recipients, message }).plan()).rejects.toThrow(ValidationError);
  });

  test("are kept for their own campaign only", async () => {
    const { campaign: make, emulator } = world();
    const kept = journal();
    await make({ name: "A", journal: kept, recipients: once(people(1)) as never, message }).plan();
    const other = make({ name: "B", journal: kept, recipients: once(people(3)) as never, message });
    await expect(finish(other as never)).rejects.toThrow(ConfigurationError);
    expect(received(emulator).size).toBe(0);
  });

  test("rows that are nothing at all are skipped, not lost", async () => {
    const { campaign: make } = world();
    const rows = [null, { to: phone(1) }, undefined, 5, { to: phone(2) }];
    const campaign = make({ journal: journal(), recipients: once(rows) as never, message });
    const plan = await campaign.plan();
    expect([plan.total, plan.ready, plan.skipped.map(({ row }) => row)]).toEqual([5, 2, [1, 3, 4]]);
    expect(await campaign.forget(phone(1))).toBe(1);
  });

  test("a person who is forgotten leaves nothing behind, and the rest is sent", async () => {
    const { campaign: make, emulator } = world();
    const rows = [
      { to: phone(1), type: "vip", firstName: "Ada Lovelace", [ROW]: { row: 2 } },
      { to: "(415) 500-0001", [ROW]: { row: 4 } },
      { to: { chatId: "777@lid", phone: phone(1) }, [ROW]: { row: 5 } },
      { to: phone(2), [ROW]: { row: 6 } },
    ];
    const kept = journal();
    const campaign = make({ journal: kept, recipients: once(rows) as never, message });
    await campaign.plan();
    expect(await campaign.forget(phone(1))).toBe(3);
    for await (const one of (await kept.spool!.read())!.recipients)
      expect(one).not.toHaveProperty("firstName");
    for (const file of await readdir(folder))
      expect(await readFile(join(folder, file), "utf8")).not.toMatch(/Ada|500-0001/);
    const outcomes = await finish(campaign as never);
    expect(outcomes.map(({ row, status }) => [row, status])).toEqual([
      [2, "skipped"],
      [4, "skipped"],
      [5, "skipped"],
      [6, "sent"],
    ]);
    expect([...received(emulator).keys()]).toEqual([phone(2)]);
    expect(campaign.report()).toMatchObject({ total: 4, sent: 1, skipped: 3, pending: 0 });
  });
});

test("forgetting somebody in a journal that is not there makes none", async () => {
  expect(await fileJournal(join(folder, "none.jsonl")).forget(phone(1))).toBe(0);
  expect(await readdir(folder)).toEqual([]);
});

test("a source with other rows than it was planned with is refused, not ended", async () => {
  for (const count of [0, 2, 4]) {
    const { campaign: make } = world();
    let reads = 0;
    const campaign = make({
      message,
      recipients: () => {
        reads += 1;
        return people(reads === 1 ? 3 : count);
      },
    });
    await expect(finish(campaign as never)).rejects.toThrow(`have ${count} rows now, and had 3`);
  }
});

describe("the journal of another campaign", () => {
  test("is neither reconciled nor read", async () => {
    const { campaign: make, emulator } = world();
    const journal = memoryJournal();
    emulator.faults.next(1, { reset: "after" });
    await finish(make({ name: "A", journal, concurrency: 1 }) as never);
    const other = make({ name: "B", journal });
    await expect(other.reconcile()).rejects.toThrow(/that of the campaign "A"/);
    await expect(other.outcomes().next()).rejects.toThrow(/that of the campaign "A"/);
    const exported = async () => {
      for await (const _ of other.export("csv"));
    };
    await expect(exported()).rejects.toThrow(/that of the campaign "A"/);
    expect(other.report()).toMatchObject({ sent: 0, unknown: 0 });
  });
});

test("an attempt whose process died is unknown in the report as well", async () => {
  const { campaign: make } = world();
  const journal = memoryJournal();
  for await (const _ of make({ journal, concurrency: 1 }).run()) break;
  const open = await journal.open();
  const attempt = { type: "attempt", row: 3, to: phone(3), session: "sess_1", at: 1 } as const;
  await open.append({ ...attempt, message: { to: phone(3), text: "Hi P3" } });
  await open.close();
  const next = make({ journal });
  await next.plan();
  expect(next.report()).toMatchObject({ total: 3, sent: 1, unknown: 1, pending: 1 });
  const outcomes = [];
  for await (const { row, status } of next.outcomes()) outcomes.push([row, status]);
  expect(outcomes).toEqual([
    [1, "sent"],
    [3, "unknown"],
  ]);
});

test("the rows that a crash kept out of the journal are written by the next run", async () => {
  const { campaign: make } = world();
  const journal = memoryJournal();
  const partial: Journal = {
    ...journal,
    async open() {
      const open = await journal.open();
      return {
        ...open,
        append: (record, options) =>
          record.type === "rows" ? Promise.reject(new Error("crash")) : open.append(record, options),
      };
    },
  };
  await expect(finish(make({ journal: partial }) as never)).rejects.toThrow("crash");
  await finish(make({ journal }) as never, { maxDurationMs: 0 });
  const changed = make({ journal, recipients: people(3).map((one) => ({ ...one, name: `${one.name}x` })) });
  await expect(finish(changed as never)).rejects.toThrow(/not the one in this journal/);
});
