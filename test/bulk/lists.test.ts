import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError, type ContactLists, memoryContactLists, ValidationError } from "@wasend/sdk";
import { csv } from "@wasend/sdk/csv";
import { fileContactLists } from "@wasend/sdk/node";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "wasend-lists-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, `${++files}.jsonl`);

const ann = "+14155550101";
const bob = "+14155550102";
async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe.each<[string, () => ContactLists]>([
  ["in memory", memoryContactLists],
  ["in a file", () => fileContactLists(newPath())],
])("contact lists %s", (_name, make) => {
  let lists: ContactLists;
  beforeEach(async () => {
    lists = make();
    await lists.create("customers");
  });

  it("are made, counted and deleted", async () => {
    expect(await lists.create("customers")).toEqual({ name: "customers", count: 0 });
    await lists.create("leads");
    await lists.add("leads", { to: ann });
    expect(await lists.list()).toEqual([
      { name: "customers", count: 0 },
      { name: "leads", count: 1 },
    ]);
    expect(await lists.delete("leads")).toBe(true);
    expect(await lists.delete("leads")).toBe(false);
    for (const call of [
      () => lists.add("leads", { to: ann }),
      () => lists.count("leads"),
      () => lists.import("leads", []),
      () => lists.export("leads"),
      () => lists.tag("leads", ann, "x"),
      () => all(lists.contacts("leads")),
    ])
      await expect(call()).rejects.toThrow(/create "leads" first/);
    await expect(lists.create(" ")).rejects.toThrow(ValidationError);
  });

  it("have a person once, in whichever form the number is written", async () => {
    expect(
      await lists.add("customers", { to: "+55 11 98765-4321", fields: { name: "Rui" }, tags: ["a"] }),
    ).toEqual({
      added: 1,
      updated: 0,
      unchanged: 0,
    });
    const second = {
      to: "551187654321@c.us",
      fields: { name: "Rui", city: "SP", none: null },
      tags: [" a ", "b"],
    };
    expect(await lists.add("customers", second)).toEqual({ added: 0, updated: 1, unchanged: 0 });
    expect(await lists.add("customers", [second, { to: ann }])).toEqual({
      added: 1,
      updated: 0,
      unchanged: 1,
    });
    expect(plain(await lists.get("customers", "+551187654321"))).toEqual({
      to: "+5511987654321",
      fields: { name: "Rui", city: "SP" },
      tags: ["a", "b"],
    });
    expect(await lists.count("customers")).toBe(2);
    expect(await lists.get("customers", bob)).toBeUndefined();
  });

  it("refuse a contact that is none, and then add nothing", async () => {
    const contacts = [
      { to: ann },
      { to: "4155550102" },
      { to: bob, fields: { to: "x", o: {} as never, wasend_tags: "y" }, tags: ["a,b", ""] },
    ];
    const error = (await lists
      .add("customers", contacts)
      .catch((thrown: unknown) => thrown)) as ValidationError;
    expect(error.issues.map(({ path }) => path)).toEqual([
      "contacts[1].to",
      "contacts[2].fields.to",
      "contacts[2].fields.o",
      "contacts[2].fields.wasend_tags",
      "contacts[2].tags",
      "contacts[2].tags",
    ]);
    expect(error.message).not.toContain("4155550102");
    expect(await lists.count("customers")).toBe(0);
  });

  it("are refused when they are none, with what is wrong", async () => {
    for (const none of [null, undefined, 7, [null], "+14155550101"])
      await expect(lists.add("customers", none as never)).rejects.toThrow(/"contacts\[0\]\.to" must be/);
    const add = (rest: object) => lists.add("customers", { to: ann, ...rest } as never);
    await expect(add({ tags: "vip" })).rejects.toThrow(/"contacts\[0\]\.tags" must be a list/);
    await expect(add({ tags: null })).rejects.toThrow(/"contacts\[0\]\.tags" must be a list/);
    for (const fields of [null, "name", ["Ann"]])
      await expect(add({ fields })).rejects.toThrow(/"contacts\[0\]\.fields" must be an object/);
    expect(await lists.count("customers")).toBe(0);
  });

  it("import a generator, once, and say what they cannot read", async () => {
    function* rows() {
      yield { to: ann };
    }
    const source = rows();
    expect(await lists.import("customers", source)).toMatchObject({ rows: 1, added: 1 });
    const again = await lists.import("customers", source).catch((error: unknown) => String(error));
    expect(again).toMatch(/contactLists\.import.*"source" is the same iterator again.*a function/);
    const none = await lists.import("customers", 7 as never).catch((error: unknown) => String(error));
    expect(none).toMatch(/contactLists\.import.*"source" must be an array/);
    expect(`${again}${none}`).not.toMatch(/campaign|fileJournal/);
  });

  it("are tagged, filtered, and read as the recipients of a campaign", async () => {
    await lists.add("customers", [
      { to: ann, fields: { name: "Ann" } },
      { to: bob, fields: { name: "Bob", n: 7 }, tags: ["vip", "de"] },
    ]);
    expect(await lists.tag("customers", [ann, bob, "+14155550199"], ["vip", "new"])).toBe(2);
    expect(await lists.untag("customers", ann, "vip")).toBe(1);
    expect(await lists.untag("customers", ann, "vip")).toBe(0);
    expect(await lists.count("customers", { tag: "vip" })).toBe(1);
    expect(await lists.count("customers", { tag: ["new", "de"] })).toBe(1);
    const recipients = lists.recipients("customers", { tag: "vip" });
    for (let pass = 0; pass < 2; pass++)
      expect(plain(await all(recipients))).toEqual([{ name: "Bob", n: 7, to: bob }]);
    await lists.tag("customers", ann, "vip");
    expect(await all(recipients)).toHaveLength(2);
    expect(await lists.remove("customers", [ann, ann, "+14155550199"])).toBe(1);
    expect((await all(lists.contacts("customers"))).map(({ to }) => to)).toEqual([bob]);
  });

  it("import a CSV and say what became of every row", async () => {
    await lists.add("customers", { to: ann, fields: { name: "Ann", city: "Rome" } });
    const file = `to,name,city\n${ann},Ann,\n${bob},"Bob\n+14155550103,Cy,Bern\n+14155550103,Cy,Genf\n9.1E+11,Di,x\n+14155550101,Anna,Pisa\n`;
    const report = await lists.import("customers", csv(file), { tags: ["2026"] });
    expect(report).toMatchObject({ rows: 6, added: 1, updated: 3, unchanged: 0 });
    expect(report.skipped).toMatchObject([
      { row: 2, line: 3, reason: expect.stringContaining("quote") },
      { row: 5, line: 6, reason: expect.stringContaining("shortened") },
    ]);
    expect(plain(await lists.get("customers", ann))).toMatchObject({
      fields: { name: "Anna", city: "Pisa" },
      tags: ["2026"],
    });
    expect(
      await lists.import("customers", [{ to: bob, nested: {} }, { to: "12" }, 7 as never]),
    ).toMatchObject({
      rows: 3,
      added: 0,
      skipped: [{ row: 1 }, { row: 2 }, { row: 3 }],
    });
    expect(await lists.import("customers", csv("to,name\n+14155550101,Anna\n"))).toMatchObject({
      unchanged: 1,
    });
  });

  it("export what can be imported again, and what no spreadsheet runs", async () => {
    const fields = {
      formula: '=HYPERLINK("x")',
      minus: "-1",
      zero: "007",
      quote: "'a",
      text: 'a "b",\nc',
      __proto: "p",
    };
    await lists.add("customers", [
      { to: ann, fields, tags: ["vip", "a b"] },
      { to: "123456789@lid", fields: { only: "x" } },
    ]);
    const text = await lists.export("customers");
    expect(text.split("\r\n")[0]).toBe("to,formula,minus,zero,quote,text,__proto,only,wasend_tags");
    expect(text).toContain(`'${ann},"'=HYPERLINK(""x"")",'-1,'007,''a,`);
    await lists.create("copy");
    expect(await lists.import("copy", csv(text))).toMatchObject({ rows: 2, added: 2, skipped: [] });
    expect(plain(await all(lists.contacts("copy")))).toEqual(plain(await all(lists.contacts("customers"))));
    expect(await lists.export("copy", { tag: "none" })).toBe("to,wasend_tags\r\n");
  });

  it("have columns of any name", async () => {
    await lists.import("customers", csv(`to,__proto__,constructor\n${ann},p,c\n`));
    const [recipient] = await all(lists.recipients("customers"));
    expect(Object.getPrototypeOf(recipient)).toBeNull();
    expect(Object.entries(recipient!)).toEqual([
      ["__proto__", "p"],
      ["constructor", "c"],
      ["to", ann],
    ]);
    expect(Object.getOwnPropertySymbols(recipient)).toEqual([]);
  });

  it("forget a person everywhere", async () => {
    await lists.create("leads");
    await lists.add("customers", [{ to: "+5511987654321", fields: { name: "Rui" } }, { to: bob }]);
    await lists.add("leads", { to: "+551187654321" });
    expect(await lists.forget("+551187654321")).toBe(2);
    expect(await lists.list()).toEqual([
      { name: "customers", count: 1 },
      { name: "leads", count: 0 },
    ]);
  });
});

describe("the file of contact lists", () => {
  it("is there for the next process, private, and holds nothing of somebody who was forgotten", async () => {
    const path = newPath();
    const lists = fileContactLists(path);
    expect(await lists.list()).toEqual([]);
    await lists.create("customers");
    await lists.add("customers", [{ to: ann, fields: { name: "Ann" } }, { to: bob }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(plain(await all(fileContactLists(path).contacts("customers")))).toHaveLength(2);
    await lists.remove("customers", ann);
    expect(readFileSync(path, "utf8")).toContain(ann);
    await lists.forget(ann);
    expect(readFileSync(path, "utf8")).not.toMatch(/4155550101|Ann/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("is seen by others who use it, also when it was replaced", async () => {
    const path = newPath();
    const [one, other] = [fileContactLists(path), fileContactLists(path)];
    await one.create("customers");
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? one : other).add("customers", { to: `+141555502${10 + i}` }),
      ),
    );
    expect(await one.count("customers")).toBe(40);
    await one.forget("+14155550210");
    expect(await other.count("customers")).toBe(39);
    await other.add("customers", { to: ann });
    await one.forget("+14155550211");
    await one.forget("+14155550212");
    expect(await other.count("customers")).toBe(38);
    expect(await fileContactLists(path).count("customers")).toBe(38);
  });

  it("does without a last line that was cut off, and goes on after it", async () => {
    const path = newPath();
    const lists = fileContactLists(path);
    await lists.create("customers");
    await lists.add("customers", [{ to: ann }, { to: bob }]);
    writeFileSync(path, readFileSync(path, "utf8").slice(0, -9));
    const after = fileContactLists(path);
    expect(await after.count("customers")).toBe(1);
    await after.add("customers", { to: "+14155550103" });
    expect((await all(fileContactLists(path).contacts("customers"))).map(({ to }) => to)).toEqual([
      ann,
      "+14155550103",
    ]);
  });

  it("is refused when it is something else, damaged, or gone", async () => {
    const path = newPath();
    for (const text of ["hello\n", '{"wasend":"suppressions","version":1,"salt":"x","id":"y"}\n', "null\n"]) {
      writeFileSync(path, text);
      await expect(fileContactLists(path).list()).rejects.toThrow(ConfigurationError);
      await expect(fileContactLists(path).create("x")).rejects.toThrow(ConfigurationError);
      expect(readFileSync(path, "utf8")).toBe(text);
    }
    rmSync(path);
    const lists = fileContactLists(path);
    await lists.create("customers");
    await lists.add("customers", { to: ann });
    writeFileSync(path, readFileSync(path, "utf8").replace('{"op":"list"', '{"op:"list"'));
    await expect(fileContactLists(path).list()).rejects.toThrow(/Line 2 .* damaged/);
    rmSync(path);
    await expect(lists.list()).rejects.toThrow(/taken away/);
  });

  it("stays usable and gets no larger than it must with 20,000 contacts", async () => {
    const path = newPath();
    const lists = fileContactLists(path);
    await lists.create("customers");
    function* rows(round: number) {
      for (let i = 0; i < 20_000; i++) yield { to: `+1${4_150_000_000 + i}`, name: `Name ${i}`, round };
    }
    await lists.import("customers", () => rows(0));
    const size = statSync(path).size;
    for (const round of [1, 2]) await lists.import("customers", () => rows(round));
    expect(statSync(path).size).toBeLessThan(size * 2.2);
    expect(await lists.count("customers")).toBe(20_000);
    expect(plain(await lists.get("customers", "+14150019999"))).toMatchObject({ fields: { round: 2 } });
  });
});
