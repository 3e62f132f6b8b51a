import { describe, expect, it } from "vitest";
import { parseWebhook, type WebhookEvent, type WebhookEventName } from "../../src/webhooks.js";

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
