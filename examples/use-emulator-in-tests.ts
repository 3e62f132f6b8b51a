// A test file for code that sends messages. Here with Node's own runner; vitest and Jest look the same.
//
//   node --import tsx --test examples/use-emulator-in-tests.ts

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isWasendError, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";

// The code under test takes the client as a parameter.
async function confirmOrder(
  wasend: Wasend,
  phone: string,
  order: number,
): Promise<"sent" | "look into the chat"> {
  try {
    await wasend.messages.sendText({ to: phone, text: `Order ${order} is confirmed.` });
    return "sent";
  } catch (error) {
    if (isWasendError(error) && error.outcome === "unknown") return "look into the chat";
    throw error;
  }
}

const emulator = createEmulator();
const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch });
const customer = "+14155550123";

beforeEach(() => emulator.reset());

test("the customer gets the confirmation", async () => {
  assert.equal(await confirmOrder(wasend, customer, 4711), "sent");
  assert.equal(emulator.inbox(customer)[0]?.text, "Order 4711 is confirmed.");
  assert.deepEqual(emulator.problems, []);
});

test("a 429 is waited out", async () => {
  emulator.faults.next({ status: 429, headers: { "retry-after-ms": "10" } });
  assert.equal(await confirmOrder(wasend, customer, 4711), "sent");
  assert.equal(emulator.inbox(customer).length, 1);
});

test("a lost answer never becomes a second message", async () => {
  emulator.faults.next({ reset: "after" });
  assert.equal(await confirmOrder(wasend, customer, 4711), "look into the chat");
  assert.equal(emulator.inbox(customer).length, 1);
});

test("a number without a country code is refused before anything is sent", async () => {
  await assert.rejects(confirmOrder(wasend, "4155550123", 4711), { code: "validation_error" });
  assert.deepEqual(emulator.requests, []);
});
