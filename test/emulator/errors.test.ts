import { describe, expect, it } from "vitest";
import { caller, world } from "./support.js";

const to = "+14155550123";

describe("refusals", () => {
  it.each([
    ["wrong key", "Bearer nope"],
    ["no scheme", "emulator-key"],
    ["no key", ""],
  ])("401 for %s", async (_, authorization) => {
    const { emulator } = world();
    const response = await emulator.fetch("https://api.wasend.dev/account", { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: "Unauthorized", statusCode: 401 });
  });

  it("404 for an unknown session, wherever it is named", async () => {
    const { ask } = world();
    const body = { statusCode: 404, message: "Session not found", error: "Not Found" };
    for (const path of ["/sessions/nope", "/nope/chats", "/contacts/all?session=nope"]) {
      expect(await ask("GET", path)).toMatchObject({ status: 404, body });
    }
    expect(await ask("POST", "/sendText", { session: "nope", to, text: "Hello" })).toMatchObject({
      status: 404,
      body,
    });
  });

  it("404 for an unknown route, in Nest's words", async () => {
    const { ask } = world();
    const reply = await ask("GET", "/nothing/here?x=1");
    expect(reply).toMatchObject({
      status: 404,
      body: { statusCode: 404, message: "Cannot GET /nothing/here?x=1", error: "Not Found" },
    });
    expect((await ask("POST", "/messages", { to, content: "old" })).status).toBe(404);
  });

  it.each([
    ["/sendText", { to, text: "Hello" }, "session should not be empty"],
    ["/sendText", { to }, "text should not be empty"],
    ["/sendText", { to, text: "" }, "text should not be empty"],
    ["/sendText", { to, text: 5 }, "text must be a string"],
    ["/sendText", { to: "hello", text: "Hello" }, "to must be a phone number with + or a chat id"],
    ["/send", { to }, "text, imageUrl, videoUrl, documentUrl or audioUrl should not be empty"],
    ["/send", { to, imageUrl: "no url" }, "imageUrl must be a URL address"],
    ["/sendImage", { to }, "url or data should not be empty"],
    ["/sendImage", { to, data: "§§§" }, "data must be base64 encoded"],
    ["/sendFile", { to, data: "aGk=", fileName: "a" }, "mimeType should not be empty"],
    ["/send/link-custom-preview", { to, text: "x", preview: {} }, "preview must be an object with a title"],
    [
      "/sessions",
      { sessionName: "a", phoneNumber: to, enableWebhook: true },
      "webhookUrl should not be empty",
    ],
    [
      "/{session}/groups",
      { name: "a", participants: [5] },
      "participants must be an array of objects with an id",
    ],
    ["/{session}/groups/join", {}, "code, inviteCode or inviteLink should not be empty"],
  ])("400 for %s with %j", async (path, body, message) => {
    const { emulator, ask, session } = world();
    const withSession =
      path.startsWith("/send") && !message.startsWith("session") ? { session, ...body } : body;
    const reply = await ask("POST", path.replace("{session}", session), withSession);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ statusCode: 400, error: "Bad Request" });
    expect(reply.body.message).toContain(message);
    expect(emulator.messages).toEqual([]);
  });

  it("400 with the whole list of complaints", async () => {
    const { ask } = world();
    const { body } = await ask("POST", "/sendText", {});
    expect(body.message.map((one: string) => one.split(" ")[0])).toEqual(
      expect.arrayContaining(["session", "to", "text"]),
    );
  });

  it.each(["limit=x", "limit=-1", "sortBy=nope", "sortOrder=up", "status=gone"])(
    "400 for a query with %s",
    async (query) => {
      const { ask, session } = world();
      const reply = await ask("GET", `/${session}/groups?${query}`);
      expect(reply.status).toBe(400);
      expect(reply.body.message[0]).toMatch(new RegExp(`^${query.split("=")[0]} must be`));
    },
  );

  it("422 when the number is not ready, with the engine's body", async () => {
    const { emulator, ask, session } = world();
    emulator.setState(session, "stopped");
    expect(await ask("POST", "/sendText", { session, to, text: "Hello" })).toMatchObject({
      status: 422,
      body: {
        error: "Session status is not as expected. Try again later or restart the session",
        session,
        status: "STOPPED",
        expected: ["WORKING"],
      },
    });
    expect(emulator.messages).toEqual([]);
  });

  it("400 for malformed JSON and for segments that do not decode", async () => {
    const { ask, session } = world();
    const headers = { authorization: "Bearer emulator-key", "content-type": "application/json" };
    expect((await ask("POST", "/sendText", undefined, { headers, body: "{" })).status).toBe(400);
    expect((await ask("GET", `/${session}/chats/%E0%A4%A/messages`)).status).toBe(400);
  });

  it("413 for more than 50 MB, and takes 49", async () => {
    const { emulator, ask, session } = world();
    const image = (megabytes: number) => ({ session, to, data: "A".repeat(megabytes * 1024 * 1024) });
    expect((await ask("POST", "/sendImage", image(49))).status).toBe(201);
    expect(await ask("POST", "/sendImage", image(50))).toMatchObject({
      status: 413,
      body: { statusCode: 413 },
    });
    expect(emulator.messages).toHaveLength(1);
  });

  it("413 over HTTP as well", async () => {
    const { emulator, session } = world();
    const { url, close } = await emulator.listen(0);
    const ask = caller(fetch, url, emulator.apiKey);
    const data = "A".repeat(51 * 1024 * 1024);
    expect((await ask("POST", "/sendImage", { session, to, data })).status).toBe(413);
    await close();
  });

  it("keep one number's data from another", async () => {
    const { emulator, ask, session } = world();
    const other = await ask("POST", "/sessions", { sessionName: "b", phoneNumber: "+14155550101" });
    const second = other.body.uniqueSessionId;
    emulator.setState(second, "ready");
    const { body } = await ask("POST", "/sendText", { session, to, text: "Hello" });
    expect((await ask("GET", `/${second}/chats`)).body).toEqual([]);
    expect((await ask("GET", `/${second}/chats/14155550123@c.us/messages/${body.id}`)).status).toBe(404);
    expect((await ask("GET", `/contacts/all?session=${second}`)).body).toEqual([]);
  });
});
