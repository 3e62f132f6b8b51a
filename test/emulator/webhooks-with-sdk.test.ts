import { Wasend } from "@wasend/sdk";
import { createEmulator, type WebhookQuirks } from "@wasend/sdk/emulator";
import { DeliveryTracker, WebhookReceiver } from "@wasend/sdk/webhooks";
import { expect, it } from "vitest";
import { until } from "./support.js";
import { customer, hook } from "./webhook-support.js";

const all: WebhookQuirks[] = [
  {},
  { acksBeforeAnswer: true },
  { acksOutOfOrder: true },
  { bareIds: true },
  { lids: true },
  { lids: "withoutPhone" },
  { duplicates: "concurrent" },
  { duplicates: "afterwards" },
  { bodies2024: true },
  { foreignAcks: true, sharedIds: true, engine: true },
  {
    acksBeforeAnswer: true,
    acksOutOfOrder: true,
    bareIds: true,
    duplicates: "concurrent",
    foreignAcks: true,
    lids: "withoutPhone",
    sharedIds: true,
  },
];

it.each(all)("a shop answers once and sees its ticks, with quirks %j", async (quirks) => {
  const emulator = createEmulator({
    stepMs: 2,
    webhook: {
      url: hook,
      events: "*",
      quirks,
      retries: { delayMs: 2 },
      fetch: (request) => receiver.handle(request),
    },
  });
  const receiver = new WebhookReceiver({ secret: emulator.webhookSecret });
  const wasend = new Wasend({ apiKey: emulator.apiKey, fetch: emulator.fetch, session: emulator.session });
  const tracker = new DeliveryTracker(receiver);
  receiver.on("message", async ({ message }) => {
    await wasend.messages.sendText({ to: message.from, text: "Thanks" });
  });

  await emulator.receive({ from: customer, name: "Ann", text: "hi" });
  await emulator.redeliver(emulator.webhooks[0]!);
  await emulator.settled();
  expect(emulator.inbox(customer).map(({ text }) => text)).toEqual(["Thanks"]);

  const alone = await wasend.messages.sendText({ to: customer, text: "One mug or two?" });
  expect((await tracker.waitFor(alone, "read", { timeout: 2_000 })).status).toBe("read");
  const { jid } = await wasend.groups.create({ name: "Mugs", participants: [customer, "+447700900123"] });
  const together = await wasend.messages.sendText({ to: jid, text: "Welcome" });
  expect((await tracker.waitFor(together, "read", { timeout: 2_000 })).status).toBe("read");

  await until(() => emulator.webhooks.every(({ status }) => status === "delivered"));
  expect(emulator.problems).toEqual([]);
  emulator.reset();
});
