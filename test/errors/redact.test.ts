import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskNumbers, redactDeep, redactor, redactShort, secretsOf } from "../../src/errors/redact.js";

const clean = (text: string, ...secrets: string[]) => redactor(secrets)(text);

describe("a text that echoes the request", () => {
  it.each<[string, string[], string]>([
    ["no secret in it", ["something else"], "no secret in it"],
    ["you said: hello world!", ["hello world"], "you said: [redacted]!"],
    ["hello and hello", ["hello"], "[redacted] and [redacted]"],
    // The longer one goes whole, also where the shorter one is a part of it.
    ["the key is k-123, said he", ["k-123", "the key is k-123"], "[redacted], said he"],
    ["overlapping", ["overla", "lapping"], "[redacted]"],
    ['{"text":"a \\"quoted\\" line\\nand more"}', ['a "quoted" line\nand more'], '{"text":"[redacted]"}'],
    ["C:\\\\\\\\temp\\\\\\\\x.pdf", ["C:\\temp\\x.pdf"], "[redacted]"],
    ["C:\\\\temp", ["C:\\\\temp"], "[redacted]"],
    ["q=Gr%C3%BC%C3%9Fe%2C+alle", ["Grüße, alle"], "q=[redacted]"],
    ["q=Gr%c3%bc%c3%9fe%2c%20alle", ["Grüße, alle"], "q=[redacted]"],
    ["<p>Tom &amp; Jerry &lt;3</p>", ["Tom & Jerry <3"], "<p>[redacted]</p>"],
    ["&#84;om &#38; Jerry", ["& Jerry"], "&#84;om [redacted]"],
    ["two  blanks", ["two blanks"], "[redacted]"],
    ["one blank", ["one \t\n blank"], "[redacted]"],
    ["trimmed", ["  trimmed\n"], "[redacted]"],
    ["Dear Maria, your appointm…", ["Dear Maria, your appointment is on Monday"], "[redacted]…"],
    ["Dear Mar…", ["Dear Maria, your appointment is on Monday"], "Dear Mar…"],
    ["a + b", ["a +b"], "a + b"],
    ["$& and $1", ["$& and"], "[redacted] $1"],
  ])("%j", (text, secrets, expected) => {
    expect(clean(text, ...secrets)).toBe(expected);
  });

  it.each<[string, string[], string]>([
    ["+14155550123 is no number", [], "+…0123 is no number"],
    ["chat 14155550123@c.us", [], "chat …0123@c.us"],
    ["call +1 (415) 555-0123 now", ["+14155550123"], "call +…0123 now"],
    ["call 1-415-555-0123 now", ["14155550123@c.us"], "call …0123 now"],
    ["in 2026, id 123456", [], "in 2026, id 123456"],
    ["nobody at +1 415 555 0199, nor (415) 555-0199", [], "nobody at +…0199, nor (…0199"],
    // Digits alone may be a code that lets somebody in.
    ["your code 12345678", ["12345678"], "your code [redacted]"],
  ])("a number: %j", (text, secrets, expected) => {
    expect(clean(text, ...secrets)).toBe(expected);
  });

  it("is shortened only after it is clean", () => {
    const secret = "a secret that is longer than the limit";
    const short = redactShort(redactor([secret]), `${"x".repeat(15)}${secret}${secret}`, 20);
    expect(short).toBe(`${"x".repeat(15)}[reda`);
    expect(redactShort(redactor([secret]), `${"x".repeat(36)}${secret}`, 20)).toBe("x".repeat(20));
  });

  it("holds no secret afterwards, wherever it stands", () => {
    const secret = fc
      .string({ unit: "grapheme", minLength: 3, maxLength: 30 })
      .filter((text) => text.trim().length > 2);
    const rest = fc.string({ unit: "grapheme-ascii", maxLength: 20 });
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1, maxLength: 4 }),
        fc.array(rest, { minLength: 5, maxLength: 5 }),
        (secrets, rests) => {
          const text = rests.map((part, at) => part + (secrets[at % secrets.length] ?? "")).join("");
          const redacted = clean(text, ...secrets);
          for (const one of secrets) {
            const known = `[redacted]${rests.join("[redacted]")}[redacted]`;
            if (!known.includes(one.trim())) expect(redacted.includes(one.trim())).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it("that is as hostile as it can be takes no time", () => {
    const startedAt = performance.now();
    for (const [text, secret] of [
      ["a".repeat(4_000), `${"a".repeat(4_000)}b`],
      ["\\".repeat(4_000), `${"\\".repeat(4_000)}b`],
      [" ".repeat(4_000), `x${" ".repeat(4_000)}b`],
      ["a ".repeat(2_000), `${"a ".repeat(2_000)}b`],
      ["1 ".repeat(2_000), `+${"1".repeat(15)}`],
    ] as const) {
      clean(text, secret);
    }
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});

describe("a JSON value", () => {
  it("is cleaned in every string, keys included, and in numbers that are the request's", () => {
    const value = {
      "+14155550123": ["hello world", 14155550123, 1767225600000, 7, true, null],
      nested: { deep: "hello world" },
    };
    expect(redactDeep(redactor(["hello world", "+14155550123"]), value)).toEqual({
      "+…0123": ["[redacted]", "…0123", 1767225600000, 7, true, null],
      nested: { deep: "[redacted]" },
    });
  });

  it("may be nested as deep as JSON goes", () => {
    const deep = JSON.parse(`${"[".repeat(5_000)}"secret text"${"]".repeat(5_000)}`);
    expect(JSON.stringify(redactDeep(redactor(["secret text"]), deep))).not.toContain("secret");
  });
});

describe("the secrets of a request", () => {
  it("are its texts, not its ids and not its short words", () => {
    const body = {
      session: "sess_1",
      to: "+14155550123",
      text: "Hello",
      replyTo: "true_1@c.us_A",
      preview: { title: "Title", x: "no" },
      n: 1,
      tags: ["VIP"],
    };
    expect(secretsOf(body)).toEqual(["+14155550123", "Hello", "Title", "VIP"]);
  });
});

it("every long run of digits is masked", () => {
  expect(maskNumbers("1234567 123456 +4915112345678x")).toBe("…4567 123456 +…5678x");
});

it.each([
  ["+1 415 555 0123", "+…0123"],
  ["+1 (415) 555-0123", "+…0123"],
  ["(415) 555-0123", "(…0123"],
  ["call 1-415-555-0123!", "call …0123!"],
  ["01.23.45.67.89", "…6789"],
  ["+33 1 23 45 67", "+…4567"],
  ["+44\u00a020\u20117946\u20110958", "+…0958"],
  ["9123 4567", "…4567"],
  ["1 4155550123 or 612 345 678", "…0123 or …5678"],
  ["on 2026-11-24 415 555 0123", "on 2026-11-24 …0123"],
  ["404 415 555 0123", "…0123"],
])("a number in groups is masked: %s", (text, expected) => {
  expect(maskNumbers(text)).toBe(expected);
});

it.each([
  "2026-11-24T10:00:00.000Z",
  "HTTP 503 2026-11-24 10:00:00",
  "24.11.2026 10:30, 1/2/2026",
  "Tue, 24 Nov 2026 10:00:00 GMT",
  "192.168.100.200:6379 and 10.0.0.1",
  "1 234 567.00 EUR, 1,234,567.89, 1.234.567",
  "rows 1000-2000 of 123456",
  "bytes 0-1023/2048",
  "v20.19.4, 1.2.3-beta.4",
  "err-12-34, E 1234-56",
])("what is no phone number stays: %s", (text) => {
  expect(maskNumbers(text)).toBe(text);
});

it("numbers are masked in a time that grows with the text only", () => {
  const startedAt = performance.now();
  for (const piece of [
    "1 ",
    "1.",
    "1",
    "+",
    "+1",
    "1   -   ",
    "1.1.1.1.",
    "2026-11-24 ",
    "123456 - - - ",
    "(1)",
  ])
    maskNumbers(piece.repeat(200_000));
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
