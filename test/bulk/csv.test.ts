import { ValidationError } from "@wasend/sdk";
import { csv } from "@wasend/sdk/csv";
import { describe, expect, it } from "vitest";
import { latin1, read, streamOf } from "./csv-support.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, big: boolean) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), !big);
  return bytes;
};
const FILE = 'to;name\r\n+14155550101;"Müller; ""Jo""\r\n€"\r\n+14155550102;Zoë\r\n';
const NAMES = ['Müller; "Jo"\r\n€', "Zoë"];

describe("what a file is written in", () => {
  const windows = latin1(FILE.replace("€", "\x80"));
  it.each([
    ["UTF-8", utf8(FILE), "utf-8"],
    ["UTF-8 with its mark", utf8(`\ufeff${FILE}`), "utf-8"],
    ["UTF-16 LE", utf16(`\ufeff${FILE}`, false), "utf-16le"],
    ["UTF-16 BE", utf16(`\ufeff${FILE}`, true), "utf-16be"],
    ["UTF-16 LE without a mark", utf16(FILE, false), "utf-16le"],
    ["UTF-16 BE without a mark", utf16(FILE, true), "utf-16be"],
    ["Windows-1252", windows, "windows-1252"],
  ])("reads %s, in pieces of any size", async (_name, bytes, encoding) => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const { ready, rejects } = await read(streamOf(bytes, size));
      expect(rejects).toEqual([]);
      expect(ready.map(({ name }) => name)).toEqual(NAMES);
    }
    expect((await csv(bytes).info()).encoding).toBe(encoding);
  });

  it("reads what it is told to read", async () => {
    const { ready } = await read(latin1("to,name\n+14155550101,\xd6"), { encoding: "iso-8859-5" });
    expect(ready[0]?.name).toBe("ж");
  });

  it("names an encoding that nobody knows", async () => {
    await expect(read(utf8("to\n+14155550101"), { encoding: "ebcdic-7" })).rejects.toThrow(
      /knows no encoding/,
    );
  });

  it("rejects the row whose characters are lost, and keeps the others", async () => {
    const bytes = new Uint8Array([
      ...utf8("to,name\n+14155550101,Zoë Müller\n+14155550102,"),
      0xff,
      ...utf8("\n+14155550103,Ann\n"),
    ]);
    const { ready, rejects } = await read(bytes);
    expect(ready.map(({ name }) => name)).toEqual(["Zoë Müller", "Ann"]);
    expect(rejects).toMatchObject([
      { row: 2, line: 3, reject: expect.stringContaining("could not be decoded") },
    ]);
  });
});

describe("how a file is laid out", () => {
  it.each([",", ";", "\t", "|"])("finds the delimiter %j", async (delimiter) => {
    const text = ["to", "name", "city"].join(delimiter);
    const { ready } = await read(`${text}\n${["+14155550101", '"a,b;c\t|d"', "X"].join(delimiter)}\n`);
    expect(ready[0]).toMatchObject({ to: "+14155550101", name: "a,b;c\t|d", city: "X" });
  });

  it("obeys sep= and the option", async () => {
    expect((await read("sep=;\nto;a,b\n+14155550101;x\n")).ready[0]).toMatchObject({ "a,b": "x" });
    expect((await read("to#name\n+14155550101#x\n", { delimiter: "#" })).ready[0]?.name).toBe("x");
  });

  it.each(["\n", "\r\n", "\r"])("takes %j for a line break, and counts lines", async (end) => {
    const { ready, rejects } = await read(
      ["to,name", "+14155550101,a", "", "12,b", "+14155550103,c"].join(end),
    );
    expect(ready.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(rejects).toMatchObject([{ row: 2, line: 4 }]);
  });

  it("has a field for every column, however it is called", async () => {
    const source = csv("Mobile,__proto__,constructor,name,name,,to\n+14155550101,1,2,3,4,5,6\n", {
      to: "Mobile",
    });
    const [recipient] = (
      await read("Mobile,__proto__,constructor,name,name,,to\n+14155550101,1,2,3,4,5,6\n", { to: "Mobile" })
    ).ready;
    expect(Object.getPrototypeOf(recipient)).toBeNull();
    expect(Object.entries(recipient!)).toEqual([
      ["to", "+14155550101"],
      ["Mobile", "+14155550101"],
      ["__proto__", "1"],
      ["constructor", "2"],
      ["name", "3"],
      ["name_2", "4"],
      ["column_6", "5"],
      ["to_2", "6"],
    ]);
    expect(({} as Record<string, unknown>)["1"]).toBeUndefined();
    const { notes, columns } = await source.info();
    expect(columns).toEqual(Object.keys(recipient!));
    expect(notes).toHaveLength(3);
  });

  it("renames columns, and takes names for a file without a header", async () => {
    const renamed = await read("Tel,First name\n+14155550101,Ann\n", {
      to: "Tel",
      columns: { "First name": "firstName" },
    });
    expect(renamed.ready[0]?.firstName).toBe("Ann");
    const bare = await read("+14155550101,Ann\n", { headers: ["to", "name"] });
    expect(bare.ready[0]).toMatchObject({ to: "+14155550101", name: "Ann" });
  });

  it("says which columns there are when one is missing, and shows no number", async () => {
    await expect(read("Tel,Name\n", { to: "Mobile" })).rejects.toThrow(
      /no "Mobile", there are "Tel", "Name"/,
    );
    const error = await read("+14155550101,Ann\n+14155550102,Bob\n").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ValidationError);
    expect(String(error)).toContain("seems to be data");
    expect(String(error)).not.toContain("4155550101");
    const person = await read("Ann Lee,+1 415 555 0101\n+14155550102,Bob\n", { to: "Tel" }).catch(String);
    expect(person).toContain("seems to be data");
    expect(person).not.toMatch(/Ann|0101/);
    await expect(read("to,to\n+14155550101,+14155550102\n")).rejects.toThrow(/more than one/);
    await expect(read('to,"na\n')).rejects.toThrow(/header.*line 1/);
  });

  it("is empty when the file is", async () => {
    for (const nothing of ["", "\n\n", "\ufeff", "to,name\n", new Uint8Array()]) {
      expect((await read(nothing)).rows).toBe(0);
    }
  });

  it("keeps formulas and long digits as what they are", async () => {
    const formula = '=HYPERLINK("http://x","y")';
    const { ready } = await read(
      `to,a,b\n+14155550101,"${formula.replaceAll('"', '""')}",0012345678901234567890\n`,
    );
    expect(ready[0]).toMatchObject({ a: formula, b: "0012345678901234567890" });
  });

  it("trims only when it is told to", async () => {
    const text = 'to, name\n+14155550101, "a, b"\n';
    expect((await read(text)).rejects).toHaveLength(1);
    expect((await read(text, { trim: true })).ready[0]?.name).toBe("a, b");
  });
});

describe("what it reads from", () => {
  it("reads no further than it is asked to, and closes the stream", async () => {
    let pulled = 0;
    let cancelled = 0;
    const open = () =>
      new ReadableStream<string>(
        {
          pull: (controller) => controller.enqueue(pulled++ === 0 ? "to\n" : "+14155550101\n"),
          cancel: () => void cancelled++,
        },
        { highWaterMark: 0 },
      );
    for await (const _ of csv(open)) if (pulled >= 3) break;
    expect(pulled).toBeLessThanOrEqual(4);
    expect(cancelled).toBe(1);
    pulled = 0;
    await csv(open).info();
    expect(cancelled).toBe(2);
  });

  it("can be read again, from text, bytes, a Blob and a function", async () => {
    const text = "to\n+14155550101\n";
    async function* lines() {
      yield text;
    }
    for (const input of [text, utf8(text), new Blob([text]), () => lines()]) {
      const source = csv(input);
      for (let pass = 0; pass < 2; pass++) {
        let rows = 0;
        for await (const _ of source) rows++;
        expect(rows).toBe(1);
      }
    }
  });

  it("refuses what cannot be read twice", async () => {
    const stream = new Blob(["to\n"]).stream();
    expect(() => csv(stream as never)).toThrow(/a function that opens a stream anew/);
    const source = csv(() => stream);
    await source.info();
    await expect(source.info()).rejects.toThrow(/same stream again/);
  });
});
