import { Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { wasendHandlers } from "@wasend/sdk/testing";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const emulator = createEmulator();
const server = setupServer(...wasendHandlers(emulator));

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => emulator.reset());
afterAll(() => server.close());

/** The code that a user would want to test: it makes its own client. */
async function greet(to: string, options: ConstructorParameters<typeof Wasend>[0] = {}): Promise<string> {
  const wasend = new Wasend({
    apiKey: emulator.apiKey,
    session: emulator.session,
    maxRetries: 0,
    ...options,
  });
  const { id } = await wasend.messages.sendText({ to, text: "Welcome!" });
  return id;
}

describe.each([
  ["node:http", {}],
  ["fetch", { fetch: (url: string, init: RequestInit) => fetch(url, init) }],
])("wasendHandlers under %s", (_name, options) => {
  it("lets code under test talk to the emulator", async () => {
    const id = await greet("+14155550123", options);
    expect(emulator.inbox("+14155550123")).toMatchObject([{ id, text: "Welcome!" }]);
    expect(emulator.problems).toEqual([]);
  });

  it("answers errors as the API does", async () => {
    await expect(greet("+14155550123", { ...options, apiKey: "wrong" })).rejects.toMatchObject({
      name: "AuthenticationError",
      outcome: "rejected",
    });
  });

  it("hands the emulator's faults on", async () => {
    emulator.faults.next(1, { status: 429, retryAfter: 7 });
    await expect(greet("+14155550123", options)).rejects.toMatchObject({
      name: "RateLimitError",
      retryAfter: 7,
    });
    emulator.faults.next(1, { html: 502 });
    await expect(greet("+14155550123", options)).rejects.toMatchObject({
      name: "ServerError",
      outcome: "unknown",
    });
    expect(emulator.inbox("+14155550123")).toEqual([]);
  });

  it("breaks connections, without and with the effect", async () => {
    emulator.faults.next(1, { reset: "after" });
    const greeting = greet("+14155550123", { ...options, maxRetries: 3 });
    await expect(greeting).rejects.toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(emulator.inbox("+14155550123")).toHaveLength(1);
  });
});

it("takes another address", async () => {
  server.use(...wasendHandlers(emulator, { baseUrl: "https://wasend.example/api/" }));
  await greet("+14155550123", { baseUrl: "https://wasend.example/api" }).catch(() => {});
  expect(emulator.requests.at(-1)).toMatchObject({ method: "POST" });
});
