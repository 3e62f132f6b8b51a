import { describe, expect, it, vi } from "vitest";
import {
  parseWebhook,
  schemes,
  signWebhook,
  verifyWebhook,
  type WebhookEvent,
  type WebhookEventName,
  WebhookReceiver,
} from "../../src/webhooks.js";
import { messageBody, secret } from "./deliver.js";

/** An event out of a payload, or what is wrong with it. */
function parsed(event: WebhookEventName, payload: object): WebhookEvent & { problem?: string } {
  return parseWebhook({ event, session: "sales", payload });
}

describe("an id with an empty chat in it", () => {
  const from = "550000000002@c.us";

  it.each(["true__x", "false__x", "true__x_"])("%s: the chat is who it is from", (id) => {
    expect(parsed("message", { id, from })).toMatchObject({ message: { id, chat: from } });
    expect(parsed("message.ack", { id, from, ack: 2 })).toMatchObject({ ack: { chat: from } });
    const reaction = { messageId: id, text: "+" };
    expect(parsed("message.reaction", { id, from, reaction })).toMatchObject({ reaction: { chat: from } });
  });

  it("without who it is from: no message", () => {
    expect(parsed("message", { id: "true__x" }).problem).toContain("from");
    expect(parsed("message.ack", { id: "true__x" }).problem).toContain("from");
  });
});

describe("errors of the other module format, whose classes are not these", () => {
  it.each([
    ["mismatch", 401],
    ["too_large", 413],
    ["parsed_body", 500],
  ] as const)("a scheme that refuses with %s is answered %d", async (reason, status) => {
    vi.resetModules();
    const other = await import("../../src/webhooks.js");
    expect(other.WebhookReceiver).not.toBe(WebhookReceiver);
    const verify = () => {
      throw new other.WebhookSignatureError("no", reason);
    };
    const scheme = { name: "mine", verify, sign: () => ({}) };
    const log = vi.fn();
    const receiver = new WebhookReceiver({ scheme, logger: { error: log } }).onError(() => {});
    const read = () => ({ body: messageBody("evt_1"), headers: {} });
    const { body, ...answer } = await receiver.receive({ method: "POST", read });
    expect(answer.status).toBe(status);
    expect(JSON.parse(body)).toEqual({ ok: false, error: reason });
    expect(log).toHaveBeenCalledTimes(reason === "parsed_body" ? 1 : 0);
  });
});

describe("a header that is configured with capitals", () => {
  const body = messageBody("evt_1");
  const hmac = schemes.hmac({ header: "X-Sig", algorithmHeader: "X-Alg", timestampHeader: "X-Time" });
  const auto = schemes.auto({ signature: schemes.hmac({ header: "X-Sig" }), signatureHeader: "X-Sig" });
  const standard = schemes.standardWebhooks({ headerPrefix: "Svix-" });

  it.each([
    ["hmac", hmac, secret],
    ["auto", auto, secret],
    ["standardWebhooks", standard, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ])("%s: is found however it is spelled", async (_name, scheme, secret) => {
    const headers = await signWebhook(body, { secret, scheme });
    const lower = Object.fromEntries(
      Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
    );
    for (const sent of [headers, lower, new Headers(headers)])
      await verifyWebhook({ body, headers: sent }, { secret, scheme });
  });
});
