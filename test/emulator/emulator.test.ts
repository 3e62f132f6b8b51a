import { readdirSync, readFileSync } from "node:fs";
import { createEmulator } from "@wasend/sdk/emulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { world } from "./support.js";

const to = "+14155550123";

describe("problems", () => {
  const send = { to, text: "Hello" };
  it.each([
    ["an unknown field", "POST", "/sendText", { ...send, colour: "red" }, "unknown body field colour"],
    [
      "__proto__ as a field",
      "POST",
      "/sendText",
      JSON.parse(`{"to":"${to}","text":"x","__proto__":{"a":1}}`),
      "unknown body field __proto__",
    ],
    [
      "the other spelling",
      "POST",
      "/sendFile",
      { to, url: "https://example.com", fileName: "a", mimeType: "b", filename: "a" },
      "unknown body field filename",
    ],
    [
      "a caption on a file",
      "POST",
      "/sendFile",
      { to, url: "https://example.com", fileName: "a", mimeType: "b", caption: "c" },
      "unknown body field caption",
    ],
    [
      "a nested field",
      "POST",
      "/send/link-custom-preview",
      { ...send, preview: { title: "T", image: "x" } },
      "unknown body field preview.image",
    ],
    ["to without +", "POST", "/sendText", { ...send, to: "14155550123" }, 'to is a phone number without "+"'],
    [
      "a data: prefix",
      "POST",
      "/sendImage",
      { to, data: "data:image/png;base64,aGk=" },
      'data has a "data:" prefix',
    ],
    ["an unknown query key", "GET", "/{session}/chats?page=2", undefined, "unknown query key page"],
    [
      "a page too large",
      "GET",
      "/{session}/chats/1234567@c.us/messages?limit=51",
      undefined,
      "query key limit is above 50",
    ],
    ["an array without brackets", "GET", "/{session}/groups?tags=a", undefined, "unknown query key tags"],
    ["a repeated key", "GET", "/{session}/chats?limit=1&limit=2", undefined, "query key limit is repeated"],
    [
      "an unattested word",
      "GET",
      "/{session}/chats?sortBy=age",
      undefined,
      "query key sortBy has a value no source attests",
    ],
    [
      "a phone for a chat",
      "GET",
      "/{session}/chats/+14155550123/messages?limit=1",
      undefined,
      "chatId is not a chat id",
    ],
    ["an unknown route", "PATCH", "/sessions", undefined, "unknown route"],
    ["a body where none belongs", "POST", "/sessions/{session}/start", {}, "a body where none is expected"],
  ])("tell of %s", async (_, method, path, body, problem) => {
    const { emulator, ask, session } = world();
    // A spread keeps a key called __proto__, where Object.assign would set the prototype.
    const sent = body && path.startsWith("/send") ? { session, ...body } : body;
    await ask(method, path.replace("{session}", session), sent);
    expect(emulator.problems).toEqual([
      { method, path: path.replace("{session}", session).split("?")[0], problem },
    ]);
  });

  it.each([
    ["text/plain", "{}", "content-type text/plain with a body"],
    [
      "application/x-www-form-urlencoded",
      undefined,
      "content-type application/x-www-form-urlencoded without a body",
    ],
  ])("tell of content-type %s with %j", async (type, body, problem) => {
    const { emulator, ask } = world();
    const headers = { authorization: `Bearer ${emulator.apiKey}`, "content-type": type };
    await ask("POST", "/sessions", undefined, { headers, body });
    expect(emulator.problems.map((one) => one.problem)).toContain(problem);
  });
});

describe("requests", () => {
  it("are kept without the key, with query and body as understood", async () => {
    const { emulator, ask, session } = world();
    await ask("GET", `/${session}/groups?tags[]=a&tags[]=b+c&search=%2B1`);
    await ask("POST", "/startTyping", { session, to });
    expect(emulator.requests).toMatchObject([
      {
        method: "GET",
        path: `/${session}/groups`,
        query: { "tags[]": ["a", "b c"], search: "+1" },
        status: 200,
      },
      { method: "POST", path: "/startTyping", query: {}, body: { session, to }, status: 201 },
    ]);
    expect(JSON.stringify(emulator.requests)).not.toContain(emulator.apiKey);
  });
});

describe("fetch", () => {
  it("takes strings, URLs and Requests, on its own", async () => {
    const { fetch, apiKey } = createEmulator();
    const init = { headers: { authorization: `Bearer ${apiKey}` } };
    const address = "https://api.wasend.dev/account";
    for (const input of [address, new URL(address)]) expect((await fetch(input, init)).status).toBe(200);
    expect((await fetch(new Request(address, init))).status).toBe(200);
  });

  it("rejects with the signal's reason, before and while it waits", async () => {
    const { emulator, ask } = world();
    const reason = new Error("changed my mind");
    await expect(ask("GET", "/account", undefined, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(emulator.requests).toEqual([]);
    emulator.faults.next(1, { delayMs: 60_000 });
    const controller = new AbortController();
    const asking = ask("GET", "/account", undefined, { signal: controller.signal });
    setTimeout(() => controller.abort(), 5);
    await expect(asking).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("receive", () => {
  it("puts a customer's message into the chat of the number", async () => {
    const { emulator, ask, session } = world();
    const { id } = await emulator.receive({ from: to, text: "hi" });
    expect((await ask("GET", `/${session}/chats/14155550123@c.us/messages?limit=5`)).body).toMatchObject([
      { id, body: "hi", fromMe: false, ack: 2, from: "14155550123@c.us", to: "14155550100@c.us" },
    ]);
    expect(emulator.inbox(to)).toEqual([]);
  });

  it("refuses a phone or a session that cannot be", async () => {
    const { emulator } = world();
    await expect(emulator.receive({ from: "Ann", text: "hi" })).rejects.toThrow(TypeError);
    await expect(emulator.receive({ from: to, text: "hi", session: "nope" })).rejects.toThrow("nope");
  });
});

describe("the emulator", () => {
  it("goes back to its first state with the same key and session", async () => {
    const { emulator, ask, session } = world();
    const { apiKey } = emulator;
    emulator.notOnWhatsApp.add(to);
    emulator.faults.next(5, { status: 500 });
    await ask("POST", "/sendText", { session, to, text: "Hello" });
    emulator.reset();
    expect([emulator.apiKey, emulator.session]).toEqual([apiKey, session]);
    for (const list of [
      emulator.requests,
      emulator.problems,
      emulator.messages,
      emulator.groups,
      emulator.contacts,
    ]) {
      expect(list).toEqual([]);
    }
    expect((await ask("POST", "/sendText", { session, to, text: "Hello" })).status).toBe(201);
    expect(emulator.inbox(to)).toHaveLength(1);
  });

  it("makes the same ids every time", async () => {
    const run = async () => {
      const { ask, session } = world();
      const { body } = await ask("POST", "/sendText", { session, to, text: "Hello" });
      return body.id;
    };
    expect(await run()).toBe(await run());
  });

  it("keeps ids apart whatever random says", async () => {
    const { emulator, ask, session } = world({ random: () => 0 });
    for (let i = 0; i < 3; i++) await ask("POST", "/sendText", { session, to, text: "Hello" });
    expect(new Set(emulator.inbox(to).map(({ id }) => id)).size).toBe(3);
  });

  it("answers whatever it is asked, and never with a fault of its own", async () => {
    const { emulator, session } = world();
    const paths = [
      "/send",
      "/sendText",
      "/sessions",
      "/reaction",
      `/${session}/groups`,
      `/${session}/groups/join`,
    ];
    const path = fc.oneof(
      fc.constantFrom(...paths),
      fc
        .array(fc.oneof(fc.string(), fc.constantFrom(session, "groups", "chats", "__proto__", "%", "%00")))
        .map((parts) => `/${parts.join("/")}`),
    );
    const method = fc.constantFrom("GET", "POST", "PUT", "DELETE");
    const fields = fc.record({
      session: fc.constant(session),
      to: fc.constantFrom(to, "x"),
      preview: fc.jsonValue(),
      data: fc.jsonValue(),
    });
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fields.map((one) => JSON.stringify(one)),
    );
    await fc.assert(
      fc.asyncProperty(method, path, body, async (verb, where, text) => {
        const headers = { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" };
        const response = await emulator.fetch(`https://api.wasend.dev${where}`, {
          method: verb,
          headers,
          body: verb === "GET" ? undefined : text,
        });
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 300 },
    );
  });

  it("imports nothing from the rest of the package, and Node only where it listens", () => {
    const root = new URL("../../src/emulator/", import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const source = readFileSync(new URL(file, root), "utf8");
      expect(source.split("\n").length, file).toBeLessThanOrEqual(300);
      for (const [, from = ""] of source.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
        if (from.startsWith("node:")) expect(file).toBe("listen.ts");
        else
          expect(
            new URL(from, new URL(file, root)).href.startsWith(root.href),
            `${file} imports ${from}`,
          ).toBe(true);
      }
    }
  });
});
