import { afterEach, describe, expect, it, vi } from "vitest";
import { until, world } from "./support.js";

const phone = "+14155550123";

afterEach(() => {
  vi.useRealTimers();
});

describe("messages", () => {
  it("land in the inbox of the phone and in the chat of the number", async () => {
    const { emulator, ask, session } = world();
    const sent = await ask("POST", "/sendText", { session, to: phone, text: "Hello" });
    expect(sent.status).toBe(201);
    expect(emulator.inbox(phone)).toMatchObject([
      { id: sent.body.id, session, from: "+14155550100", to: phone, type: "text", text: "Hello" },
    ]);
    expect(emulator.inbox(phone)[0]?.at).toBeInstanceOf(Date);
    const messages = await ask("GET", `/${session}/chats/14155550123@c.us/messages?limit=10`);
    expect(messages.body).toMatchObject([{ id: sent.body.id, body: "Hello", fromMe: true, type: "chat" }]);
    expect(emulator.problems).toEqual([]);
  });

  it("climb to read by themselves", async () => {
    vi.useFakeTimers();
    const { ask, session } = world();
    const { body } = await ask("POST", "/sendText", { session, to: phone, text: "Hello" });
    const path = `/${session}/chats/14155550123@c.us/messages/${body.id}`;
    const acks: number[] = [];
    for (let i = 0; i < 5; i++) {
      acks.push((await ask("GET", path)).body.ack);
      await vi.advanceTimersByTimeAsync(5);
    }
    expect(acks).toEqual([0, 1, 2, 3, 3]);
  });

  it("climb only by hand when asked to", async () => {
    const { emulator, ask, session } = world({ acks: "manual", stepMs: 0 });
    const { body } = await ask("POST", "/sendText", { session, to: phone, text: "Hello" });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(emulator.inbox(phone)[0]?.ack).toBe(0);
    emulator.setAck(body.id, 4);
    expect(emulator.inbox(phone)[0]?.ack).toBe(4);
  });

  it("to a phone that is not on WhatsApp never arrive", async () => {
    const { emulator, ask, session } = world();
    emulator.notOnWhatsApp.add(phone);
    const { status, body } = await ask("POST", "/sendText", { session, to: phone, text: "Hello" });
    expect(status).toBe(201);
    await until(() => emulator.messages[0]?.ack === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(emulator.messages).toMatchObject([{ id: body.id, ack: 1 }]);
    expect(emulator.inbox(phone)).toEqual([]);
  });

  it.each([
    ["/send", { text: "cap", imageUrl: "https://example.com/a.png" }, { type: "image", caption: "cap" }],
    [
      "/send",
      { documentUrl: "https://example.com/a.pdf", filename: "a.pdf", mimetype: "application/pdf" },
      { type: "document", fileName: "a.pdf", mimeType: "application/pdf" },
    ],
    ["/send", { audioUrl: "https://example.com/a.ogg" }, { type: "ptt" }],
    ["/sendImage", { data: "aGk=", caption: "cap" }, { type: "image", data: "aGk=", caption: "cap" }],
    ["/sendVideo", { url: "https://example.com/a.mp4" }, { type: "video", url: "https://example.com/a.mp4" }],
    ["/sendVoice", { data: "aGk=", duration: 3 }, { type: "ptt", duration: 3 }],
    [
      "/sendFile",
      { data: "aGk=", fileName: "a.txt", mimeType: "text/plain" },
      { type: "document", fileName: "a.txt" },
    ],
    [
      "/sendLinkCustomPreview",
      { text: "see https://example.com", preview: { title: "T" } },
      { type: "text", preview: { title: "T" } },
    ],
  ])("%s of %j shows as what it is", async (path, fields, shown) => {
    const { emulator, ask, session } = world();
    expect((await ask("POST", path, { session, to: phone, ...fields })).status).toBe(201);
    expect(emulator.inbox(phone)).toMatchObject([shown]);
  });

  it("give their media when it is asked for", async () => {
    const { ask, session } = world();
    const { body } = await ask("POST", "/sendFile", {
      session,
      to: phone,
      data: "aGk=",
      fileName: "a.txt",
      mimeType: "text/plain",
    });
    const path = `/${session}/chats/14155550123@c.us/messages/${body.id}`;
    expect((await ask("GET", path)).body).not.toHaveProperty("mediaUrl");
    expect((await ask("GET", `${path}?downloadMedia=true`)).body.mediaUrl).toMatch(
      new RegExp(`/api/files/${session}/\\w+\\.txt$`),
    );
  });

  it("carry reactions, which an empty one takes back", async () => {
    const { emulator, ask, session } = world();
    const { id } = await emulator.receive({ from: phone, text: "hi" });
    await ask("PUT", "/reaction", { session, messageId: id, reaction: "👍" });
    expect(emulator.messages[0]?.reactions).toEqual({ "+14155550100": "👍" });
    await ask("PUT", "/reaction", { session, messageId: id, reaction: "" });
    expect(emulator.messages[0]?.reactions).toEqual({});
    expect((await ask("PUT", "/reaction", { session, messageId: "nope", reaction: "👍" })).status).toBe(404);
  });

  it("to another number of the same emulator arrive in its chats", async () => {
    const { emulator, ask, session } = world();
    const other = await ask("POST", "/sessions", { sessionName: "b", phoneNumber: "+14155550101" });
    const second: string = other.body.uniqueSessionId;
    emulator.setState(second, "ready");
    await ask("POST", "/sendText", { session, to: "+14155550101", text: "Hello" });
    const { body } = await ask("GET", `/${second}/chats/14155550100@c.us/messages?limit=5`);
    expect(body).toMatchObject([{ body: "Hello", fromMe: false, from: "14155550100@c.us" }]);
    expect(emulator.inbox("+14155550101")).toHaveLength(1);
  });

  it("show typing from start to stop", async () => {
    const { emulator, ask, session } = world();
    await ask("POST", "/startTyping", { session, to: phone });
    expect(emulator.numbers[0]?.typingTo).toEqual(["14155550123@c.us"]);
    await ask("POST", "/stopTyping", { session, to: phone });
    expect(emulator.numbers[0]?.typingTo).toEqual([]);
  });
});
