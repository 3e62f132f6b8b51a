import { createHmac } from "node:crypto";
import { createEmulator } from "@wasend/sdk/emulator";
import { schemes as receiving, signWebhook, verifyWebhook, WebhookReceiver } from "@wasend/sdk/webhooks";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hmacSha512, standardWebhooks } from "../../src/emulator/webhooks/signing.js";
import { samples } from "../webhooks/samples.js";
import { customer, hook, hooked, read } from "./webhook-support.js";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

describe("the published vectors", () => {
  it("of the engine", async () => {
    const body = '{"event":"message","session":"default","engine":"WEBJS"}';
    expect(await hmacSha512("my-secret-key", { body })).toEqual({
      "x-webhook-hmac":
        "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89",
      "x-webhook-hmac-algorithm": "sha512",
    });
  });

  it("of Standard Webhooks", async () => {
    const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const body = '{"test": 2432232314}';
    for (const secret of [SECRET, SECRET.slice("whsec_".length)]) {
      expect(await standardWebhooks(secret, { id, body, now: 1_614_265_330_999 })).toEqual({
        "webhook-id": id,
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      });
    }
  });

  const signed = samples.filter(({ headers }) => headers?.["x-webhook-hmac"] !== undefined);
  it.each(signed.map((one) => [one.note.slice(0, 70), one] as const))("%s", async (note, sample) => {
    const key = /key ([\w-]+)/.exec(sample.note)?.[1] ?? "";
    const made = await hmacSha512(key, { body: JSON.stringify(sample.body) });
    const same = made["x-webhook-hmac"] === sample.headers?.["x-webhook-hmac"];
    expect(same).toBe(!note.includes("NEGATIVE"));
  });

  it("and whatever node:crypto says", async () => {
    const secret = fc.string({ minLength: 1, unit: "binary" });
    await fc.assert(
      fc.asyncProperty(secret, fc.string({ unit: "binary" }), async (key, body) => {
        const expected = createHmac("sha512", key).update(body, "utf8").digest("hex");
        expect((await hmacSha512(key, { body }))["x-webhook-hmac"]).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("deliveries", () => {
  it.each(["hmacSha512", "standardWebhooks"] as const)(
    "signed with %s are genuine to the receiver",
    async (scheme) => {
      const { emulator, got } = hooked({ scheme });
      await emulator.receive({ from: customer, text: "olá ✓" });
      const { webhookSecret: secret } = emulator;
      for (const { body, headers, url } of got) {
        await verifyWebhook({ body, headers, url }, { secret, scheme: receiving[scheme]() });
        const forged = { body: `${body} `, headers, url };
        await expect(verifyWebhook(forged, { secret, scheme: receiving[scheme]() })).rejects.toThrow();
      }
      expect(got).toHaveLength(2);
    },
  );

  it("carry the engine's headers", async () => {
    const { emulator, got } = hooked({
      headers: { "X-Shop": "1", "X-Webhook-Request-Id": "mine", "X-Webhook-Hmac": "mine" },
    });
    await emulator.receive({ from: customer, text: "hi" });
    const [{ body, headers, method, url }] = got as [(typeof got)[0]];
    expect([method, url]).toEqual(["POST", hook]);
    expect(headers).toMatchObject({
      accept: "application/json, text/plain, */*",
      "content-type": "application/json",
      "user-agent": "WAHA/2026.2.1",
      "x-shop": "1",
      "x-webhook-hmac": expect.stringMatching(/^[0-9a-f]{128}$/),
      "x-webhook-hmac-algorithm": "sha512",
      "x-webhook-request-id": expect.stringMatching(/^[0-9a-z]{14}$/),
      "x-webhook-timestamp": String(read({ body }).timestamp),
    });
  });

  it.each(["urlToken", "none"] as const)("have no signature with %s", async (scheme) => {
    const { emulator, got } = hooked({ scheme, url: `${hook}?token=abc`, secret: "" });
    await emulator.receive({ from: customer, text: "hi" });
    expect(got[0]?.url).toBe(`${hook}?token=abc`);
    expect(Object.keys(got[0]?.headers ?? {}).filter((name) => /hmac|signature/.test(name))).toEqual([]);
  });

  it("are genuine by the token in their address", async () => {
    const secret = "a token's secret";
    const url = await receiving.urlToken.url(hook, secret);
    const receiver = new WebhookReceiver({ secret });
    const { emulator } = hooked({ scheme: "urlToken", url, fetch: (request) => receiver.handle(request) });
    await emulator.receive({ from: customer, text: "hi" });
    expect(emulator.webhooks.map(({ status }) => status)).toEqual(["delivered", "delivered"]);
  });

  it("are signed by a function, whose failure is an attempt that failed", async () => {
    const { emulator, got } = hooked({ scheme: (body) => signWebhook(body, { secret: "mine" }) });
    await emulator.receive({ from: customer, text: "hi" });
    await verifyWebhook(got[0] as { body: string; headers: Record<string, string> }, { secret: "mine" });

    const broken = hooked({
      retries: { attempts: 0 },
      scheme: () => {
        throw new Error("no key today");
      },
    });
    await broken.emulator.receive({ from: customer, text: "hi" });
    expect(broken.got).toEqual([]);
    expect(broken.emulator.webhooks[0]).toMatchObject({
      status: "failed",
      attempts: [{ error: "no key today" }],
    });
  });

  it("never show the secret", async () => {
    for (const scheme of ["hmacSha512", "standardWebhooks"] as const) {
      const { emulator } = hooked({ scheme, secret: SECRET });
      await emulator.receive({ from: customer, text: "hi" });
      const shown = JSON.stringify(emulator.webhooks);
      expect(shown).toContain("message.any");
      expect(shown).not.toContain(SECRET.slice("whsec_".length));
    }
  });
});

describe("a secret", () => {
  it("is there from the start and fits every scheme", () => {
    const { webhookSecret } = createEmulator();
    expect(webhookSecret).toMatch(/^whsec_/);
    expect(atob(webhookSecret.slice(6)).length).toBeGreaterThanOrEqual(24);
    expect(createEmulator({ webhook: { secret: "mine" } }).webhookSecret).toBe("mine");
  });

  it.each([
    ["hmacSha512", ""],
    ["standardWebhooks", ""],
    ["standardWebhooks", "whsec_"],
    ["standardWebhooks", "not base64!"],
    ["standardWebhooks", "whsec_abcde"],
  ] as const)("that cannot sign %s is refused: %j", (scheme, secret) => {
    expect(() => createEmulator({ webhook: { scheme, secret } })).toThrow(TypeError);
  });

  it("does not help an address that is none", () => {
    expect(() => createEmulator({ webhook: { url: "/hook" } })).toThrow("/hook");
  });
});
