import { expect, it, vi } from "vitest";
import { memoryStore, schemes, WebhookReceiver } from "../../src/webhooks.js";
import { messageBody } from "./deliver.js";

it.each([Number.POSITIVE_INFINITY, 90 * 86_400_000])(
  "a lease of %d ms is not renewed all the time",
  async (leaseMs) => {
    const renew = vi.fn();
    const store = { ...memoryStore(), renew };
    const receiver = new WebhookReceiver({ scheme: schemes.none(), store, leaseMs });
    receiver.on("message", () => new Promise((resolve) => setTimeout(resolve, 50)));
    const read = () => ({ body: messageBody("evt_1"), headers: {} });
    expect((await receiver.receive({ method: "POST", read })).status).toBe(200);
    expect(renew).not.toHaveBeenCalled();
  },
);
