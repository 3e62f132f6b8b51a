import { expectTypeOf, it } from "vitest";
import {
  type Contact,
  DeliveryTracker,
  isUnknownEvent,
  type Message,
  parseWebhook,
  schemes,
  type UnknownEvent,
  type WebhookEvent,
  type WebhookEventName,
  WebhookReceiver,
} from "../../src/webhooks.js";

const event = parseWebhook('{"event":"moon.landing"}') as WebhookEvent;

it("an event is told apart by its name alone", () => {
  if (event.event === "message") {
    expectTypeOf(event.message).toEqualTypeOf<Message>();
    expectTypeOf(event.message.from).toEqualTypeOf<Contact>();
    // @ts-expect-error an ack belongs to another event
    event.ack;
  }
  if (event.event === "message.ack") expectTypeOf(event.ack.status).toBeString();
  if (event.event === "group.join") expectTypeOf(event.payload).toBeUnknown();
  if (isUnknownEvent(event)) expectTypeOf(event).toExtend<UnknownEvent>();
  else expectTypeOf(event.event).toEqualTypeOf<WebhookEventName>();
  expectTypeOf(event.at).toEqualTypeOf<Date>();
});

it("a listener gets the event of its name, and no other name compiles", () => {
  const receiver = new WebhookReceiver({ scheme: schemes.none() });
  receiver.on("message", (each) => expectTypeOf(each.message.text).toEqualTypeOf<string | undefined>());
  receiver.on("session.status", (each) => expectTypeOf(each.number.status).toBeString());
  receiver.onUnknown((each) => expectTypeOf(each.event).toEqualTypeOf<string>());
  // @ts-expect-error a name that does not exist
  receiver.on("mesage", () => {});
});

it("a tracker waits for statuses that can come", () => {
  const tracker = new DeliveryTracker(new WebhookReceiver());
  expectTypeOf(tracker.waitFor)
    .parameter(1)
    .toEqualTypeOf<"pending" | "sent" | "delivered" | "read" | "played">();
  tracker.close();
});
