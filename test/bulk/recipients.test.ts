import { ConfigurationError, ValidationError } from "@wasend/sdk";
import { csv } from "@wasend/sdk/csv";
import { describe, expect, it, vi } from "vitest";
import { candidates, identityKey } from "../../src/bulk/candidates.js";
import { DuplicateSet } from "../../src/bulk/duplicates.js";
import { nationalNumbers } from "../../src/bulk/national-number.js";
import { isOneShot, readRecipients } from "../../src/bulk/recipients.js";
import type { Recipients } from "../../src/bulk/types.js";
import { read } from "./csv-support.js";

const rows = [{ to: "+14155550101" }, { to: "+14155550102" }];
const all = async (source: Recipients) => {
  const read = [];
  for await (const row of readRecipients(source)) read.push(row);
  return read;
};
function* generate() {
  yield* rows;
}
async function* generateAsync() {
  yield* rows;
}

describe("recipients", () => {
  it.each<[string, Recipients]>([
    ["an array", rows],
    ["a set", new Set(rows)],
    ["a generator function", generate],
    ["an async generator function", generateAsync],
    ["a function that gives a stream", () => new Blob(["x"]).stream().pipeThrough(streamOf()) as never],
    ["an async iterable", { [Symbol.asyncIterator]: generateAsync }],
    ["a function that opens something in its own time", (async () => rows) as never],
  ])("come from %s, as often as they are read", async (_name, source) => {
    for (let pass = 0; pass < 2; pass++) {
      expect(await all(source)).toEqual(rows.map((recipient, i) => ({ row: i + 1, recipient })));
    }
  });

  function streamOf() {
    return new TransformStream({
      transform: (_chunk, controller) => {
        for (const row of rows) controller.enqueue(row);
      },
    });
  }

  it("that can be read only once are refused, with what to do, untouched", async () => {
    const stream = new ReadableStream();
    for (const source of [generate(), generateAsync(), rows.values(), stream]) {
      expect(isOneShot(source)).toBe(true);
      await expect(all(source as never)).rejects.toThrow(
        /only once.*array, csv\(…\), a function.*fileJournal/,
      );
    }
    expect(stream.locked).toBe(false);
    expect(isOneShot(csv("to\n"))).toBe(false);
    const used = generate();
    await all(() => used);
    await expect(all(() => used)).rejects.toThrow(/same iterator again/);
  });

  it("that are none are refused", async () => {
    for (const source of ["+14155550101", 7, null, undefined, {}, () => 7]) {
      await expect(all(source as never)).rejects.toThrow(ValidationError);
    }
  });

  it("are read only as far as asked, and their source is closed", async () => {
    let [given, closed] = [0, false];
    function* many() {
      try {
        for (;;) {
          given++;
          yield { to: "+14155550101" };
        }
      } finally {
        closed = true;
      }
    }
    for await (const { row } of readRecipients(many)) if (row === 3) break;
    expect([given, closed]).toEqual([3, true]);
  });

  it("keep the row, line and reason that a source knows", async () => {
    const found = await all(csv("to,name\n\n+14155550101,a\n12,b\n"));
    expect(found).toMatchObject([
      { row: 1, line: 3, recipient: { to: "+14155550101" } },
      { row: 2, line: 4, reject: expect.stringContaining("line 4") },
    ]);
    expect(found[0]).not.toHaveProperty("reject");
    expect(await all([null, "x", { to: "+14155550101" }] as never)).toMatchObject([
      { row: 1, reject: expect.any(String) },
      { row: 2, reject: expect.any(String) },
      { row: 3 },
    ]);
  });
});

describe("one person's addresses", () => {
  it.each([
    ["+5511987654321", "+551187654321"],
    ["+5215512345678", "+525512345678"],
    ["+5491123456789", "+541123456789"],
    ["+14155550123", "14155550123@c.us"],
    ["+551187654321", "5511987654321@s.whatsapp.net"],
    ["14155550123:12@s.whatsapp.net", "14155550123@c.us"],
    ["123456789012345:3@lid", "123456789012345@lid"],
  ])("%s and %s", (a, b) => {
    expect(identityKey(a)).toBe(identityKey(b));
    if (a.startsWith("+") && b.startsWith("+")) {
      expect(candidates(a)).toEqual([a, b]);
      expect(candidates(b)).toEqual([b, a]);
    }
    const seen = new DuplicateSet();
    expect(seen.add(a, 1)).toBeUndefined();
    expect(seen.add(b, 2)).toBe(1);
    expect(seen.size).toBe(1);
  });

  it.each([
    ["+5511934567890", "+551134567890"],
    ["+14155550123", "+14155550124"],
    ["+14155550123", "14155550123@lid"],
    ["+4915512345678", "+495512345678"],
    ["120363025246125486@g.us", "120363025246125487@g.us"],
  ])("but not %s and %s", (a, b) => {
    expect(identityKey(a)).not.toBe(identityKey(b));
  });

  it("are told apart for 200,000 people, in the bytes that are stated", () => {
    const seen = new DuplicateSet();
    const number = (i: number) => `+${49_150_000_000_000 + i * 7919}`;
    for (let i = 0; i < 200_000; i++) expect(seen.add(number(i), i + 1)).toBeUndefined();
    for (let i = 0; i < 200_000; i += 997) expect(seen.add(number(i), 1)).toBe(i + 1);
    expect(seen.add(`${number(5)}`, 9)).toBe(6);
    expect(seen.size).toBe(200_000);
    expect(seen.bytes / seen.size).toBeGreaterThanOrEqual(15);
    expect(seen.bytes / seen.size).toBeLessThanOrEqual(30);
  });
});

describe("national numbers", () => {
  it.each([
    ["IN", "9876543210", "+919876543210"],
    ["IN", "098765 43210", "+919876543210"],
    ["GB", "07911 123456", "+447911123456"],
    ["DE", "0170/1234567", "+491701234567"],
    ["DE", "0049 170 1234567", "+491701234567"],
    ["US", "(415) 555-0123", "+14155550123"],
    ["US", "1 415 555 0123", "+14155550123"],
    ["BR", "11 98765-4321", "+5511987654321"],
    ["BR", "1187654321", "+551187654321"],
    ["BR", "0 11 98765-4321", "+5511987654321"],
    ["MX", "55 1234 5678", "+525512345678"],
    ["ES", "612 34 56 78", "+34612345678"],
    ["IT", "333 123 4567", "+393331234567"],
    ["RU", "8 912 345-67-89", "+79123456789"],
    // What has a + is taken as it is, also the forms that only WhatsApp knows.
    ["DE", "+5215512345678", "+5215512345678"],
    ["DE", "+551187654321", "+551187654321"],
    ["DE", "+5491123456789", "+5491123456789"],
    ["DE", "+541123456789", "+541123456789"],
  ])("%s: %s is %s", async (country, text, expected) => {
    expect((await nationalNumbers(country))(text)).toEqual({ value: expected });
  });

  it.each([
    ["DE", "491701234567", /lacks the 0/],
    ["DE", "1701234567", /lacks the 0/],
    ["GB", "7911123456", /lacks the 0/],
    ["IN", "919876543210", /no \+ before it/],
    ["IN", "14155550123", /not how a number of IN is written/],
    ["IN", "1234", /no number of IN/],
    ["MX", "15512345678", /no number of MX/],
    ["DE", "+4917012345678901", /7 to 15|too few or too many/],
    ["US", "+1415555012", /too few or too many/],
    ["GB", "020 7946 0000 x12", /7 to 15/],
    ["DE", "0170 1234567 / 0171 1234567", /no number of DE|7 to 15/],
    ["DE", "abc", /7 to 15/],
  ])("%s: %s is not guessed", async (country, text, wrong) => {
    expect((await nationalNumbers(country))(text)).toEqual({ wrong: expect.stringMatching(wrong) });
  });

  it("need a country that there is", async () => {
    for (const country of ["India", "in", "XX", ""]) {
      await expect(nationalNumbers(country)).rejects.toThrow(ConfigurationError);
    }
  });

  it("need libphonenumber-js, and say so", async () => {
    vi.doMock("libphonenumber-js/min", () => {
      throw new Error("Cannot find package");
    });
    try {
      await expect(nationalNumbers("IN")).rejects.toThrow(/npm install libphonenumber-js/);
    } finally {
      vi.doUnmock("libphonenumber-js/min");
    }
  });

  it("show in the outcome what they became, and keep what the file says", async () => {
    const { ready } = await read("Mobile,name\n098765 43210,Ann\n", { to: "Mobile", defaultCountry: "IN" });
    expect(ready[0]).toMatchObject({ to: "+919876543210", Mobile: "098765 43210" });
  });
});
