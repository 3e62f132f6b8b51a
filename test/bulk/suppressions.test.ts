import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  forget,
  memoryContactLists,
  memorySuppressions,
  type SuppressionList,
  ValidationError,
} from "@wasend/sdk";
import { csv } from "@wasend/sdk/csv";
import { fileSuppressions } from "@wasend/sdk/node";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "wasend-suppressions-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.jsonl`);

const ann = "+14155550101";
const lid = "123456789012345@lid";

describe.each<[string, () => SuppressionList]>([
  ["in memory", memorySuppressions],
  ["in a file", () => fileSuppressions(newPath())],
])("suppressions %s", (_name, make) => {
  let list: SuppressionList;
  beforeEach(() => {
    list = make();
  });

  it("know a person in every form", async () => {
    expect(await list.has(ann)).toBe(false);
    await list.add(["+1 415 555-0101", "+5511987654321", "+5215512345678"]);
    await list.add({ chatId: "5491123456789@c.us", lid });
    for (const to of [
      ann,
      "14155550101@c.us",
      "14155550101@s.whatsapp.net",
      "+551187654321",
      "+525512345678",
      lid,
      "+541123456789",
    ])
      expect(await list.has(to)).toBe(true);
    for (const to of ["+14155550102", "14155550101@lid", "1@lid", "120363025246125486@g.us"])
      expect(await list.has(to)).toBe(false);
  });

  it("learn that two addresses are one person, before and after", async () => {
    await list.learn(ann, lid);
    await list.add(lid);
    expect(await list.has(ann)).toBe(true);
    await list.add("+14155550102");
    await list.learn("+14155550102", "77777777777@lid");
    await list.learn("77777777777@lid", "+14155550103");
    expect(await list.has("+14155550103")).toBe(true);
    await list.learn("nonsense", ann);
    expect(await list.remove("+14155550103")).toBe(1);
    expect(await list.has("+14155550102")).toBe(false);
    expect((await list.aliases(lid)).sort()).toEqual([ann, lid].sort());
  });

  it("suppress from a category, or from everything", async () => {
    await list.add(ann, { categories: ["marketing"], reason: "by phone", at: 1000 });
    expect([
      await list.for("marketing").has(ann),
      await list.for("invoices").has(ann),
      await list.has(ann),
    ]).toEqual([true, false, true]);
    await list.add(ann, { categories: ["news"], at: 2000 });
    expect(await list.list()).toEqual([
      { to: ann, reason: "manual", at: 2000, categories: ["marketing", "news"] },
    ]);
    await list.add(ann);
    expect(await list.for("invoices").has(ann)).toBe(true);
    await list.for("x").learn?.(ann, lid);
    expect(await list.has(lid)).toBe(true);
  });

  it("refuse what is no address, and show none", async () => {
    for (const who of ["4155550199", "", {} as never, 7 as never]) {
      const error = await list.add(who).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ValidationError);
      expect(String(error)).not.toContain("4155550199");
    }
    expect(await list.remove(ann)).toBe(0);
  });

  it("tell the audit when and why, whatever a spreadsheet makes of it", async () => {
    await list.add(ann, { reason: "=cmd()", categories: ["a", "b"], at: 0 });
    await list.remove(ann, { reason: "asked", at: 86_400_000 });
    expect(JSON.parse(await list.export("json"))).toEqual([
      {
        event: "suppressed",
        to: ann,
        reason: "=cmd()",
        at: "1970-01-01T00:00:00.000Z",
        categories: ["a", "b"],
      },
      { event: "resubscribed", to: ann, reason: "asked", at: "1970-01-02T00:00:00.000Z" },
    ]);
    const text = await list.export("csv");
    expect(text).toBe(
      `to,wasend_event,at,reason,categories\r\n'${ann},suppressed,1970-01-01T00:00:00.000Z,'=cmd(),"a,b"\r\n` +
        `'${ann},resubscribed,1970-01-02T00:00:00.000Z,asked,\r\n`,
    );
    for await (const row of csv(text)) expect(row.to).toBe(ann);
  });

  it("know a person however they are written, and refuse what is no address", async () => {
    await list.add(ann);
    for (const to of ["+1 415 555 0101", " 14155550101@c.us ", "+14155550101@c.us", "(+1) 415-555-0101"]) {
      expect(await list.has(to)).toBe(true);
      expect(await list.for("marketing").has(to)).toBe(true);
    }
    expect(await list.has({ chatId: lid, phone: ann })).toBe(true);
    for (const wrong of ["4155550101", "", undefined, null, 7, {}, { chatId: "x" }]) {
      await expect(async () => list.has(wrong as never)).rejects.toThrow(ValidationError);
      await expect(async () => list.for("x").has(wrong as never)).rejects.toThrow(ValidationError);
    }
  });

  it("forget a person, and still leave them alone", async () => {
    await list.add("+5511987654321", { categories: ["marketing"] });
    await list.learn("+5511987654321", lid);
    await list.add(ann);
    expect(await list.forget("+551187654321")).toBe(true);
    expect(await list.forget("+14155550177")).toBe(false);
    for (const to of ["+5511987654321", "5511987654321@c.us", lid, "+14155550177"]) {
      expect(await list.has(to)).toBe(true);
      expect(await list.for("invoices").has(to)).toBe(true);
    }
    expect(await list.has("+14155550178")).toBe(false);
    expect((await list.list()).map(({ to }) => to)).toEqual([ann]);
    expect(await list.export("csv")).not.toMatch(/11987654321|1187654321|123456789/);
    expect(await list.remove("+551187654321")).toBe(1);
    expect(await list.has("+5511987654321")).toBe(false);
    expect(await list.has(ann)).toBe(true);
  });
});

describe("the file of suppressions", () => {
  it("is private, there for the next process, and noticed when another one changed it", async () => {
    const path = newPath();
    const [one, other] = [fileSuppressions(path), fileSuppressions(path)];
    expect([await one.has(ann), await other.has(ann)]).toEqual([false, false]);
    await one.add(ann);
    expect(await other.has(ann)).toBe(true);
    await other.remove(ann);
    expect(await one.has(ann)).toBe(false);
    expect(await fileSuppressions(path).has(ann)).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("holds nothing of somebody who was forgotten but a hash that no other file has", async () => {
    const hashes = await Promise.all(
      [0, 1].map(async () => {
        const path = newPath();
        const list = fileSuppressions(path);
        await list.add(ann, { reason: "asked" });
        await list.learn(ann, lid);
        await list.forget(ann);
        const text = readFileSync(path, "utf8");
        expect(text).not.toMatch(/4155550101|123456789012345|asked/);
        expect(statSync(path).mode & 0o777).toBe(0o600);
        expect(await fileSuppressions(path).has(ann)).toBe(true);
        return text.match(/"hash":"([0-9a-f]{64})"/g);
      }),
    );
    expect(hashes[0]).toHaveLength(2);
    expect(hashes[0]).not.toEqual(hashes[1]);
  });

  it("does without a last line that was cut off, and is never sent from when it is damaged", async () => {
    const path = newPath();
    const list = fileSuppressions(path);
    await list.add(ann);
    await list.add("+14155550102");
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -5));
    expect(await fileSuppressions(path).has(ann)).toBe(true);
    writeFileSync(path, readFileSync(path, "utf8").replace('"op":"add"', '"op":"a'));
    const damaged = fileSuppressions(path);
    for (let i = 0; i < 2; i++) await expect(async () => damaged.has(ann)).rejects.toThrow(/damaged/);
  });
});

it("forget takes a person out of everything, under every name that is known", async () => {
  const [lists, list] = [memoryContactLists(), memorySuppressions()];
  await lists.create("a");
  await lists.add("a", [{ to: "+5511987654321" }, { to: lid }, { to: ann }]);
  await list.learn("+551187654321", lid);
  const asked: string[] = [];
  const journal = {
    forget: async (to: string) => {
      asked.push(to);
      return 3;
    },
  };
  expect(
    await forget("+5511987654321", { lists: [lists], suppressions: [list], journals: [journal] }),
  ).toEqual({
    contacts: 2,
    records: 6,
    suppressed: true,
  });
  expect(asked).toEqual(["+551187654321", lid]);
  expect(await lists.count("a")).toBe(1);
  expect(await list.has(lid)).toBe(true);
  await expect(forget("5511", {})).rejects.toThrow(ValidationError);
});
