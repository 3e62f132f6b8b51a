import { csv, csvRejects } from "@wasend/sdk/csv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvSource } from "../../src/bulk/csv/source.js";
import { read, streamOf } from "./csv-support.js";

const n = (i: number) => `+1415555${String(1000 + i)}`;

describe("a stray quote", () => {
  it.each([
    ["that nothing closes", `to,name\n${n(1)},"Ann\n${n(2)},Bob\n${n(3)},Cy\n`, [2], 2],
    ["before a quoted cell", `to,name\n${n(1)},"Ann\n${n(2)},Bob\n${n(3)},"C, y"\n`, [2], 2],
    ["that another stray one closes", `to,name\n${n(1)},"Ann\n${n(2)},Bob\n${n(3)},Cy"\n${n(4)},D\n`, [2], 1],
    ["inside a cell", `to,name\n${n(1)},5" pipe\n${n(2)},Bob\n`, [2], 1],
    ["twice in a cell", `to,name\n${n(1)},a "b" c\n${n(2)},Bob\n`, [2], 1],
    ["after a quoted cell", `to,name\n${n(1)},"Ann" x\n${n(2)},Bob\n`, [2], 1],
    ["at the very end", `to,name\n${n(1)},Ann\n${n(2)},"Bob`, [3], 1],
    ["on every second line", `to,name\n${n(1)},"A\n${n(2)},B\n${n(3)},"C\n${n(4)},D\n`, [2, 4], 2],
  ])("%s costs its line, not the rest", async (_name, text, lines, ready) => {
    const result = await read(text);
    expect(result.rejects.map(({ line }) => line)).toEqual(lines);
    expect(result.rejects.every(({ reject }) => /quote|closing/.test(reject!))).toBe(true);
    expect(result.ready).toHaveLength(ready);
    expect(result.rows).toBe(result.ready.length + result.rejects.length);
  });

  it.each([
    ["with other lines", `to,note\n${n(1)},"Old contact:\n${n(8)},Bob\nend"\n${n(2)},ok\n`, [1, 2], []],
    ["alone", `to,note\n${n(1)},"Old contact:\n${n(8)},Bob"\n${n(2)},ok\n`, [2], [2]],
    ["and others", `to,note\n${n(1)},"Old:\n${n(8)},Al\n${n(9)},Bob"\n${n(2)},ok\n`, [2], [2]],
    ["in a middle cell", `to,note,n\n${n(1)},"Old:\n${n(8)},Al,1\n${n(9)},Bob,2",3\n`, [1], []],
    ["in a row that is short", `to,note,n\n${n(1)},"Old:\n${n(8)},Al,1\n${n(9)},Bob,2"\n`, [], [2]],
    ["with one cell more", `to,note\n${n(1)},"Old:\n${n(8)},Al,\n${n(9)},Bob,"\n${n(2)},ok\n`, [1, 2], []],
  ])("is none around a cell of several lines, so that nobody in it, %s, is written to", async (...row) => {
    const [, text, ready, rejects] = row;
    const result = await read(text);
    expect(result.ready.map(({ to }) => to)).toEqual(ready.map(n));
    expect(result.rejects.map(({ line }) => line)).toEqual(rejects);
  });

  it("in a file of 3,000 quoted rows costs one row", async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `"${n(i)}","Name ""${i}""","a, b"`);
    rows[1500] = `"${n(1500)}","Name,"a, b"`;
    const { ready, rejects } = await read(`to,name,note\n${rows.join("\n")}\n`);
    expect(rejects).toMatchObject([{ row: 1501, line: 1502 }]);
    expect(ready).toHaveLength(2999);
    expect(ready.at(-1)).toMatchObject({ name: 'Name "2999"', note: "a, b" });
  });

  it("is text when it is told so", async () => {
    const { ready } = await read(`to,name\n${n(1)},5" pipe\n${n(2)},Bob\n`, { relaxQuotes: true });
    expect(ready.map(({ name }) => name)).toEqual(['5" pipe', "Bob"]);
  });
});

describe("spreadsheet artefacts", () => {
  it.each([
    ["9.19876E+11", /shortened.*last digits are lost/],
    ["9,19876E+11", /shortened/],
    ["919876543210.0", /ends in \.0/],
    ["+919876543210,00", /ends in ,00/],
    ["'+919876543210", /apostrophe/],
    ['="+919876543210"', /formula/],
    ["#REF!", /spreadsheet's error/],
    ["########", /spreadsheet's error/],
    ["919876543210", /leading "\+"/],
    ["9876543210", /leading "\+"/],
    ["+49 (0) 170 1234567", /\(0\)/],
    ["+14155550101 / +14155550102", /7 to 15 digits/],
    ["+1234567\n8901234", /one number, without a line break/],
    ["", /no number in column/],
    ["   ", /no number in column/],
  ])("%j is reported as what it is", async (cell, reason) => {
    const { rejects } = await read(`to;name\n"${cell.replaceAll('"', '""')}";Ann\n`);
    expect(rejects).toHaveLength(1);
    expect(rejects[0]?.reject).toMatch(reason);
    expect(rejects[0]?.reject).toMatch(/^line 2: /);
    expect(rejects[0]?.reject?.replace('"+14155550123"', "")).not.toMatch(/\d{7}/);
  });
});

describe("hostile files", () => {
  it("rejects a field of 10 MB with its line, and reads on", async () => {
    const huge = "x".repeat(10_000_000);
    for (const field of [huge, `"${huge}"`, `"${huge.replaceAll("xxxxxxxxxx", "xxxx xxxx\n")}"`]) {
      const text = `to,name\n${n(1)},a\n${n(2)},${field}\n${n(3)},c\n`;
      const { ready, rejects, rows } = await read(streamOf(new TextEncoder().encode(text), 1 << 16));
      expect(ready.map(({ name }) => name)).toEqual(["a", "c"]);
      expect(rejects).toMatchObject([{ row: 2, line: 3 }]);
      expect(rejects[0]?.reject).toMatch(/1048576 characters/);
      expect(rows).toBe(ready.length + rejects.length);
    }
  });

  it("does not slow down on a million quotes", async () => {
    const started = performance.now();
    const { rows } = await read(`to,name\n${`${n(1)},"a\n`.repeat(6000)}`);
    expect(rows).toBe(6000);
    await read(`to,name\n${'"'.repeat(1_000_001)}\n${n(1)},a\n`);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  const nasty = fc.string({
    unit: fc.constantFrom(
      '"',
      '""',
      ",",
      ";",
      "\n",
      "\r",
      "\r\n",
      "+14155550123",
      "a",
      " ",
      "\t",
      "=",
      "'",
      "\ufffd",
      "\0",
      "é",
    ),
    maxLength: 60,
  });

  it("never loses a line: each one that is not blank is in exactly one row", async () => {
    await fc.assert(
      fc.asyncProperty(
        nasty,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 8, max: 50 }),
        async (text, size, maxRecordSize) => {
          const lines = `to,name\n${text}`.split(/\r\n|\n|\r/);
          const covered = new Set<number>([1]);
          const bytes = new TextEncoder().encode(`to,name\n${text}`);
          const table = await new CsvSource(streamOf(bytes, size), {
            delimiter: ",",
            encoding: "utf-8",
            maxRecordSize,
          }).table();
          let next = 2;
          for await (const row of table!.rows) {
            expect(row.line).toBeGreaterThanOrEqual(next);
            for (let line = row.line; line < row.line + row.lines; line++) covered.add(line);
            next = row.line + row.lines;
            expect(row.to === undefined).toBe(row.reject !== undefined);
          }
          for (const [i, line] of lines.entries())
            expect(covered.has(i + 1) || line.trim() === "").toBe(true);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("stays UTF-8 when broken bytes follow sound ones, in one piece and byte by byte", async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode("to,name\n+14155550123,é\n"), 160]);
    const [whole, cut] = [await read(bytes), await read(streamOf(bytes, 1))];
    expect(whole.ready).toMatchObject([{ name: "é" }]);
    expect(cut).toEqual(whole);
  });

  it("gives the same however the bytes are cut, and from random bytes too", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 80 }),
        fc.integer({ min: 1, max: 20 }),
        async (tail, size) => {
          const bytes = new Uint8Array([...new TextEncoder().encode("to,name\n+14155550123,é\n"), ...tail]);
          const [whole, cut] = [await read(bytes), await read(streamOf(bytes, size))];
          expect(cut.rows).toBe(whole.rows);
          expect(whole.rows).toBe(whole.ready.length + whole.rejects.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("reads back what is sound, whatever is in it", async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", "'", "=", ";") });
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 20 }), async (names) => {
        const text = `to,name\n${names.map((name, i) => `${n(i)},"${name.replaceAll('"', '""')}"`).join("\n")}`;
        const { ready } = await read(text, { delimiter: "," });
        expect(ready.map(({ name }) => name)).toEqual(names);
      }),
      { numRuns: 300 },
    );
  });
});

describe("rejects", () => {
  const file = `Mobile;name;note\n${n(1)};Ann;=1+1\n4155550102;"-Bob";@x\n'+491701234567;O'Neil;'quoted\n${n(4)};"Dan\n0170123;Eve\n${n(6)};F;g;h\n${n(7)};Gil;x\n`;
  const rejectsOf = async (source: CsvSource, skipped?: { row: number; reason: string }[]) => {
    let text = "";
    for await (const piece of csvRejects(source, { skipped })) text += piece;
    return text;
  };

  it("are a file of the same columns, with the reason, that no spreadsheet runs", async () => {
    const text = await rejectsOf(csv(file, { to: "Mobile" }), [{ row: 7, reason: "text_too_long" }]);
    const lines = text.trimEnd().split("\r\n");
    expect(lines[0]).toBe("wasend_reject_reason;Mobile;name;note");
    expect(lines).toHaveLength(7);
    expect(lines[1]).toMatch(/^"?line 3: .*;4155550102;'-Bob;'@x$/);
    expect(lines[2]).toContain(";''+491701234567;O'Neil;''quoted");
    expect(lines[6]).toBe(`text_too_long;'${n(7)};Gil;x`);
    for (const line of lines.slice(1))
      for (const cell of line.split(";")) expect(cell).not.toMatch(/^"?[=+\-@]/);
  });

  it("fed back unmended are rejected again, and mended are taken", async () => {
    const first = await rejectsOf(csv(file, { to: "Mobile" }));
    const again = await read(first, { to: "Mobile" });
    expect(again).toMatchObject({ rows: 5, ready: [] });
    const mended = first
      .replace("4155550102", "+14155550102")
      .replace("''+491701234567", "'+491701234567")
      .replace("'0170123", "'+491701234567")
      .replace(/;Eve\r/, ";Eve;\r")
      .replace(";F;g;h", ";F;g");
    const { ready, rejects } = await read(mended, { to: "Mobile" });
    expect(ready.map(({ to, name, note }) => [to, name, note])).toEqual([
      ["+14155550102", "-Bob", "@x"],
      ["+491701234567", "O'Neil", "'quoted"],
      ["+491701234567", "Eve", ""],
      [n(6), "F", "g"],
    ]);
    expect(rejects).toHaveLength(1);
    expect(ready[0]).not.toHaveProperty("wasend_reject_reason");
  });

  it("of a whole file that went wrong come back as they were", async () => {
    const cell = fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "'", "a", "\t", '"', "1", "0") });
    await fc.assert(
      fc.asyncProperty(cell, cell, async (a, b) => {
        const quoted = [a, b].map((text) => `"${text.replaceAll('"', '""')}"`).join(",");
        const source = csv(`to,a,b\n${n(1)},${quoted}\n`, { delimiter: "," });
        const { ready } = await read(await rejectsOf(source, [{ row: 1, reason: "suppressed" }]), {
          delimiter: ",",
        });
        expect(ready).toHaveLength(1);
        expect([ready[0]?.a, ready[0]?.b]).toEqual([a, b]);
      }),
      { numRuns: 300 },
    );
  });
});

it("a duplicate is no reject: it has nothing to mend, and fed back it would be written to again", async () => {
  const source = csv(`to,name\n${n(1)},Ann\n${n(1)},Ann again\nnobody,X\n`);
  const skipped = [
    { row: 2, reason: "duplicate" },
    { row: 3, reason: "invalid_number" },
  ];
  let text = "";
  for await (const piece of csvRejects(source, { skipped })) text += piece;
  expect(text).toContain("nobody");
  expect(text).not.toContain("Ann again");
});
