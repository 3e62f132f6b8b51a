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

it("memoryStore: who is late gives back no claim that another one has taken since", () => {
  let now = 0;
  const store = memoryStore({ clock: () => now });
  expect(store.claim("a", 10)).toBe("claimed");
  now = 20;
  expect(store.claim("a", 10)).toBe("claimed");
  store.release("a");
  expect(store.claim("a", 10), "still with the second").toBe("busy");
  store.release("a");
  expect(store.claim("a", 10), "given back by both").toBe("claimed");
  store.release("a");
  expect(store.claim("a", 10), "given back by its only holder").toBe("claimed");
  now = 40;
  expect(store.claim("a", 10), "never given back").toBe("claimed");
  store.complete("a", 100);
  store.release("a");
  expect(store.claim("a", 10)).toBe("done");
});
