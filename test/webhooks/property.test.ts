import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isUnknownEvent,
  parseWebhook,
  WebhookError,
  WebhookPayloadError,
  WebhookReceiver,
} from "../../src/webhooks.js";
import { samples } from "./samples.js";

const bodies = samples.map((each) => JSON.stringify(each.body));
const sampleBody = fc.constantFrom(...bodies);

/** Values that a careless reader trips over, put in the place of any value of a sample. */
const nasty = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    "__proto__",
    "constructor",
    -1,
    0,
    1e308,
    "NaN",
    "1e999",
    [],
    {},
    [null],
    [[[]]],
    true,
    false,
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A sample in which the values at some paths are others. */
const mutated = fc
  .tuple(fc.constantFrom(...samples), fc.array(fc.tuple(fc.nat(), nasty), { minLength: 1, maxLength: 4 }))
  .map(([sample, changes]) => {
    const body = structuredClone(sample.body);
    for (const [where, value] of changes) replaceNth(body, where, value);
    return JSON.stringify(body);
  });

/** Replaces one of all values below an object, counted in depth. */
function replaceNth(root: object, where: number, value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (node: object) => {
    for (const [key, inner] of Object.entries(node)) {
      places.push([node as Record<string, unknown>, key]);
      if (typeof inner === "object" && inner !== null) walk(inner);
    }
  };
  walk(root);
  const place = places[where % places.length];
  if (place !== undefined) place[0][place[1]] = structuredClone(value);
}

const flipped = fc.tuple(sampleBody, fc.nat(), fc.nat(7)).map(([body, at, bit]) => {
  const bytes = new TextEncoder().encode(body);
  bytes[at % bytes.length]! ^= 1 << bit;
  return bytes;
});

const anyBody = fc.oneof(
  { weight: 4, arbitrary: mutated },
  { weight: 2, arbitrary: flipped },
  {
    weight: 2,
    arbitrary: fc.tuple(sampleBody, fc.nat()).map(([body, at]) => body.slice(0, at % body.length)),
  },
  fc.uint8Array({ maxLength: 200 }),
  fc.json(),
  fc.string(),
);

describe("no body makes the parser do harm", () => {
  it("10 000 mutated, truncated and random bodies give an event or a WebhookPayloadError", () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        try {
          const event = parseWebhook(body);
          expect(typeof event.event).toBe("string");
          expect(event.at.getTime()).not.toBeNaN();
          for (const date of datesIn(event)) expect(date.getTime()).not.toBeNaN();
          if (!isUnknownEvent(event) && event.event === "message")
            expect(event.message.from.chatId).toBeTruthy();
        } catch (error) {
          if (!(error instanceof WebhookPayloadError)) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
  }, 30_000);

  it("2 000 such bodies with any headers give no exception but WebhookError, and an answer below 500", async () => {
    const headers = fc.dictionary(
      fc.constantFrom("x-webhook-hmac", "x-webhook-hmac-algorithm", "X-Webhook-Hmac", "__proto__", "other"),
      fc.oneof(fc.string(), fc.array(fc.string(), { maxLength: 3 }), fc.constant("a".repeat(128))),
    );
    const receiver = new WebhookReceiver({ secret: "key" }).onError(() => {});
    await fc.assert(
      fc.asyncProperty(
        anyBody,
        headers,
        fc.option(fc.string(), { nil: undefined }),
        async (body, given, url) => {
          const input = { body, headers: given, ...(url !== undefined && { url }) };
          const error = await receiver.unwrap(input).catch((caught) => caught);
          expect(error).toBeInstanceOf(WebhookError);
          const { status } = await receiver.receive({ method: "POST", read: () => input });
          expect(status).toBe(401);
        },
      ),
      { numRuns: 2_000 },
    );
  }, 30_000);

  it.each([
    [
      "nested a million lists deep",
      `{"event":"message","payload":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`,
    ],
    ["nested objects", `${'{"event":"message","payload":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["cut in the middle of a nesting", "[".repeat(500_000)],
    ["a prototype", '{"event":"message","__proto__":{"payload":{"id":"x"}},"constructor":1}'],
    ["named like a method", '{"event":"constructor"}'],
    ["named like the prototype", '{"event":"__proto__","payload":{}}'],
    ["with impossible times", '{"event":"x","timestamp":1e308}'],
    ["with a lone surrogate", '{"event":"\\ud800"}'],
  ])("survives a body %s", (_what, body) => {
    try {
      expect(parseWebhook(body).at.getTime()).not.toBeNaN();
    } catch (error) {
      expect(error).toBeInstanceOf(WebhookPayloadError);
    }
    expect(({} as { payload?: unknown }).payload).toBeUndefined();
  });

  it("quotes nothing of a body that is no JSON", () => {
    expect(() => parseWebhook("my secret text")).toThrow(/^(?!.*secret).*no JSON/);
  });

  it("takes a text that no regular expression here can be slowed down by", () => {
    const started = performance.now();
    const long = "1".repeat(200_000);
    for (const id of [`${long}@c.us`, `false_${"_".repeat(100_000)}`, `${long}:${long}@lid`]) {
      parseWebhook({
        event: "message",
        payload: { id, from: id, body: "x", vCards: [`TEL;waid=${long}\n`.repeat(20)] },
      });
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

function* datesIn(node: object): Generator<Date> {
  for (const [key, value] of Object.entries(node)) {
    if (key === "raw" || typeof value !== "object" || value === null) continue;
    if (value instanceof Date) yield value;
    else yield* datesIn(value);
  }
}
