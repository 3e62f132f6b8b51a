import { describe, expect, it } from "vitest";
import {
  bareMessageId,
  schemes,
  signWebhook,
  verifyWebhook,
  WebhookReceiver,
  type WebhookScheme,
  WebhookSignatureError,
} from "../../src/webhooks.js";

const body = '{"event":"message","session":"default","engine":"WEBJS"}';
const key = "my-secret-key";
const hex =
  "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89";
const sha256 = "46270e6ad829217a54d67026afb4ef20e76d3a4ea36d64b140834b5fb3e8b83a";
const signed = { "x-webhook-hmac": hex, "x-webhook-hmac-algorithm": "sha512" };

const standard = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  body: '{"test": 2432232314}',
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
  now: 1_614_265_330_000,
};

/** The reason of a refusal; fails when there was none. */
async function reason(verifying: Promise<unknown>): Promise<string> {
  try {
    await verifying;
  } catch (error) {
    expect(error).toBeInstanceOf(WebhookSignatureError);
    return (error as WebhookSignatureError).reason;
  }
  throw new Error("was accepted");
}

/** Every text that differs in one bit of one byte. */
function* flips(text: string): Generator<string> {
  const bytes = new TextEncoder().encode(text);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = bytes.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    yield String.fromCharCode(...changed);
  }
}

describe("hmacSha512", () => {
  const scheme = schemes.hmacSha512();
  const verify = (headers: Record<string, string | string[]>, options: object = {}) =>
    verifyWebhook({ body, headers }, { secret: key, scheme, ...options });

  it("accepts WAHA's published vector, as text, bytes and buffer, with headers of any form", async () => {
    const bytes = new TextEncoder().encode(body);
    for (const form of [body, bytes, bytes.buffer as ArrayBuffer, new DataView(bytes.buffer)]) {
      await verifyWebhook({ body: form as string, headers: signed }, { secret: key, scheme });
    }
    await verifyWebhook({ body, headers: new Headers(signed) }, { secret: key, scheme });
    await verify({ "X-Webhook-Hmac": hex });
    await verify({ "x-webhook-hmac": [hex] });
  });

  it("refuses every single-bit change of the body, the key and the signature", async () => {
    for (const changed of flips(body)) {
      expect(await reason(verifyWebhook({ body: changed, headers: signed }, { secret: key, scheme }))).toBe(
        "mismatch",
      );
    }
    for (const changed of flips(key))
      expect(await reason(verify(signed, { secret: changed }))).toBe("mismatch");
    for (const changed of flips(hex)) await reason(verify({ "x-webhook-hmac": changed }));
  });

  it.each([
    ["missing_header", {}, {}],
    ["malformed", { "x-webhook-hmac": "" }, {}],
    ["malformed", { "x-webhook-hmac": hex.slice(1) }, {}],
    ["malformed", { "x-webhook-hmac": hex.toUpperCase() }, {}],
    ["malformed", { "x-webhook-hmac": sha256, "x-webhook-hmac-algorithm": "sha512" }, {}],
    ["unsupported_algorithm", { "x-webhook-hmac": sha256, "x-webhook-hmac-algorithm": "sha256" }, {}],
    ["unsupported_algorithm", { "x-webhook-hmac": hex, "x-webhook-hmac-algorithm": "sha256" }, {}],
    ["mismatch", { "x-webhook-hmac": hex.replace("2", "3") }, {}],
    ["mismatch", signed, { secret: "another" }],
    ["missing_secret", signed, { secret: undefined }],
    ["missing_secret", signed, { secret: "" }],
    ["missing_secret", signed, { secret: [] }],
    ["missing_secret", signed, { secret: [key, ""] }],
    ["too_large", signed, { maxBytes: 55 }],
  ])("refuses with %s", async (expected, headers, options) => {
    expect(await reason(verify(headers as Record<string, string>, options))).toBe(expected);
  });

  it("accepts any of several secrets, and any of several signatures", async () => {
    await verify(signed, { secret: ["new", key] });
    await verify({ "x-webhook-hmac": [hex.replace("2", "3"), hex] });
  });

  it("measures the limit in bytes", async () => {
    const text = "é".repeat(10);
    const headers = await signWebhook(text, { secret: key, scheme });
    await verifyWebhook({ body: text, headers }, { secret: key, scheme, maxBytes: 20 });
    expect(await reason(verifyWebhook({ body: text, headers }, { secret: key, scheme, maxBytes: 19 }))).toBe(
      "too_large",
    );
  });

  it("refuses a signed envelope that is older than maxAge, and no other", async () => {
    const old = '{"event":"x","timestamp":1000000000000}';
    const headers = await signWebhook(old, { secret: key });
    const at = (now: number, maxAge?: number) =>
      verifyWebhook(
        { body: old, headers },
        { secret: key, scheme: schemes.hmacSha512({ maxAge }), clock: () => now },
      );
    await at(1_000_000_000_000 + 86_400_000);
    expect(await reason(at(1_000_000_000_000 + 86_400_001))).toBe("too_old");
    await at(2_000_000_000_000, Number.POSITIVE_INFINITY);
    expect(await reason(at(1_000_000_000_011, 10))).toBe("too_old");
  });
});

describe("standardWebhooks", () => {
  const scheme = schemes.standardWebhooks();
  const verify = (
    change: { body?: string; headers?: Record<string, string>; secret?: string; now?: number } = {},
  ) =>
    verifyWebhook(
      { body: change.body ?? standard.body, headers: { ...standard.headers, ...change.headers } },
      { secret: change.secret ?? standard.secret, scheme, clock: () => change.now ?? standard.now },
    );

  it("accepts the published vector, with the secret's prefix or without", async () => {
    await verify();
    await verify({ secret: standard.secret.slice("whsec_".length) });
  });

  it("refuses every single-bit change of the body, the key and the signature", async () => {
    for (const changed of flips(standard.body))
      expect(await reason(verify({ body: changed }))).toBe("mismatch");
    for (const changed of flips(standard.secret.slice("whsec_".length)))
      await reason(verify({ secret: changed }));
    for (const changed of flips(standard.headers["webhook-signature"])) {
      await reason(verify({ headers: { "webhook-signature": changed } }));
    }
    for (const changed of flips(standard.headers["webhook-id"]))
      await reason(verify({ headers: { "webhook-id": changed } }));
  });

  it("has a window of 300 s either way", async () => {
    await verify({ now: standard.now + 300_000 });
    await verify({ now: standard.now - 300_000 });
    expect(await reason(verify({ now: standard.now + 300_001 }))).toBe("too_old");
    expect(await reason(verify({ now: standard.now - 300_001 }))).toBe("too_new");
  });

  it("skips unknown versions and takes any right v1 signature", async () => {
    const right = standard.headers["webhook-signature"];
    await verify({
      headers: { "webhook-signature": `v1a,AAAA v2,BBBB ${right.replace("g", "h")} ${right}` },
    });
    expect(await reason(verify({ headers: { "webhook-signature": "v1a,AAAA" } }))).toBe(
      "unsupported_algorithm",
    );
  });

  it.each([
    ["malformed", { "webhook-timestamp": "soon" }],
    ["malformed", { "webhook-timestamp": "" }],
    ["malformed", { "webhook-id": "a.b" }],
    ["malformed", { "webhook-id": "" }],
    ["malformed", { "webhook-signature": "" }],
    ["malformed", { "webhook-signature": "v1,g0hM9SsE" }],
  ])("refuses with %s", async (expected, headers) => {
    expect(await reason(verify({ headers: headers as unknown as Record<string, string> }))).toBe(expected);
  });

  it("refuses a secret that is none", async () => {
    for (const secret of ["", "whsec_", "not base64!"])
      expect(await reason(verify({ secret }))).toBe("missing_secret");
  });
});

describe("urlToken and auto", () => {
  const scheme = schemes.urlToken();
  const address = "https://shop.example/webhooks/wasend?a=1";

  it("makes an address that verifies, and does not hold the secret", async () => {
    const url = await schemes.urlToken.url(address, key);
    expect(url).toMatch(/^https:\/\/shop\.example\/webhooks\/wasend\?a=1&token=[0-9a-f]{64}$/);
    expect(url).not.toContain(key);
    await verifyWebhook({ body, headers: {}, url }, { secret: key, scheme });
    await verifyWebhook(
      { body, headers: {}, url: url.slice("https://shop.example".length) },
      { secret: ["new", key], scheme },
    );
    for (const token of flips(url.slice(-64))) {
      await reason(
        verifyWebhook(
          { body, headers: {}, url: url.slice(0, -64) + encodeURIComponent(token) },
          { secret: key, scheme },
        ),
      );
    }
  });

  it("refuses addresses without one token", async () => {
    const url = await schemes.urlToken.url(address, key);
    const verify = (other: string | undefined) =>
      reason(verifyWebhook({ body, headers: {}, url: other }, { secret: key, scheme }));
    expect(await verify(undefined)).toBe("missing_header");
    expect(await verify(address)).toBe("missing_header");
    expect(await verify(`${url}&token=x`)).toBe("malformed");
    expect(await verify(await schemes.urlToken.url(address, "another"))).toBe("mismatch");
    await expect(schemes.urlToken.url(address, "")).rejects.toThrow(WebhookSignatureError);
  });

  it("auto takes a right signature, or without one a right address, and nothing else", async () => {
    const url = await schemes.urlToken.url(address, key);
    await verifyWebhook({ body, headers: signed }, { secret: key });
    await verifyWebhook({ body, headers: {}, url }, { secret: key });
    expect(await reason(verifyWebhook({ body, headers: {} }, { secret: key }))).toBe("missing_header");
    const forged = { "x-webhook-hmac": hex.replace("2", "3") };
    expect(await reason(verifyWebhook({ body, headers: forged, url }, { secret: key }))).toBe("mismatch");
    expect(
      await reason(verifyWebhook({ body, headers: { "x-webhook-hmac": "" }, url }, { secret: key })),
    ).toBe("malformed");
  });
});

describe("other schemes", () => {
  it("none accepts everything, and only when it is asked for", async () => {
    await verifyWebhook({ body: "x", headers: {} }, { scheme: schemes.none() });
    expect(await reason(verifyWebhook({ body: "x", headers: {} }))).toBe("missing_secret");
  });

  it("hmac fits the layers that sign again in their own way", async () => {
    for (const options of [
      { header: "x-waha-signature", hash: "sha256" },
      {
        header: "x-wahooks-signature",
        hash: "sha256",
        prefix: "sha256=",
        timestampHeader: "x-wahooks-timestamp",
      },
      { header: "x-webhook-hmac", timestampHeader: "x-webhook-timestamp", encoding: "base64" },
    ] as const) {
      const scheme = schemes.hmac(options);
      const headers = await signWebhook(body, { secret: key, scheme });
      await verifyWebhook({ body, headers }, { secret: key, scheme });
      expect(await reason(verifyWebhook({ body: `${body} `, headers }, { secret: key, scheme }))).toBe(
        "mismatch",
      );
      const late = { secret: key, scheme, clock: () => Date.now() + 90_000_000 };
      if ("timestampHeader" in options)
        expect(await reason(verifyWebhook({ body, headers }, late))).toBe("too_old");
    }
  });

  it("a scheme of the caller's own is accepted by true alone", async () => {
    const mine = (verify: () => unknown): WebhookScheme => ({
      name: "mine",
      verify: verify as () => boolean,
      sign: () => ({}),
    });
    const run = (verify: () => unknown) => verifyWebhook({ body, headers: {} }, { scheme: mine(verify) });
    await run(() => true);
    await run(async () => true);
    for (const no of [false, undefined, 1, "true"]) expect(await reason(run(() => no))).toBe("mismatch");
    const failing = run(() => {
      throw new Error("key service down");
    });
    expect(await reason(failing)).toBe("scheme_failed");
  });

  it("sees the body and the headers", async () => {
    const scheme: WebhookScheme = {
      name: "mine",
      verify: (delivery, { secret }) =>
        delivery.header("x-token") === secret && delivery.body.length === body.length,
      sign: (_body, { secret }) => ({ "x-token": secret! }),
    };
    await verifyWebhook(
      { body, headers: await signWebhook(body, { secret: key, scheme }) },
      { secret: key, scheme },
    );
  });

  it.each(["hmacSha512", "standardWebhooks", "auto"] as const)(
    "%s verifies what signWebhook signed",
    async (name) => {
      const options = { secret: standard.secret, scheme: schemes[name]() };
      const headers = await signWebhook(body, options);
      await verifyWebhook({ body, headers }, options);
    },
  );
});

describe("bodies that are no longer raw", () => {
  it.each([{ event: "message" }, null, undefined, 7, [1], { type: "Buffer", data: [1] }])(
    "refuses %j and names the fix for each framework",
    async (parsed) => {
      const receiver = new WebhookReceiver({ secret: key });
      const unwrapping = receiver.unwrap({ body: parsed as never, headers: signed });
      expect(await reason(unwrapping)).toBe("parsed_body");
      await expect(receiver.unwrap({ body: parsed as never, headers: signed })).rejects.toThrow(
        /express\.json.*keepRawBody.*Fastify.*Next/,
      );
    },
  );

  it("shows neither the key nor the body in any refusal", async () => {
    const secretBody = '{"event":"message","text":"top secret 5500000001"}';
    for (const headers of [{}, { "x-webhook-hmac": hex }, { "x-webhook-hmac": "zz" }]) {
      const error = await verifyWebhook({ body: secretBody, headers }, { secret: key }).catch(
        (caught) => caught,
      );
      expect(JSON.stringify(error) + error.message + error.stack).not.toMatch(
        /my-secret-key|top secret|5500000001/,
      );
    }
  });
});

it("bareMessageId takes every spelling of an id to one", () => {
  for (const id of ["3EB0", "true_550@c.us_3EB0", "true_1203@g.us_3EB0_550@c.us", "false_1@lid_3EB0"]) {
    expect(bareMessageId(id)).toBe("3EB0");
  }
});
