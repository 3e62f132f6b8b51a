import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createEmulator } from "../../src/emulator.js";
import { BadRequestError, NotFoundError, TimeoutError, Wasend } from "../../src/index.js";
import { saveTo } from "../../src/node.js";
import { parseWebhook } from "../../src/webhooks.js";
import { fixture } from "./support.js";

const customer = "+14155550123";

async function world() {
  const emulator = createEmulator({
    webhook: { url: "https://shop.example.com/hook", fetch: () => new Response() },
  });
  const server = await emulator.listen();
  onTestFinished(() => server.close());
  const { apiKey, session } = emulator;
  return { emulator, wasend: new Wasend({ apiKey, session, baseUrl: server.url }) };
}

describe("what the emulator is sent", () => {
  it("arrives as it was, by each endpoint", async () => {
    const { emulator, wasend } = await world();
    for (const file of [
      "photo.jpg",
      "clip.mp4",
      "voice.ogg",
      "letter.pdf",
      "letter.docx",
      "song.mp3",
      "still.webp",
    ])
      await wasend.media.send({ to: customer, data: fixture(file), fileName: file });
    expect(emulator.inbox(customer).map(({ type }) => type)).toEqual([
      "image",
      "video",
      "ptt",
      "document",
      "document",
      "document",
      "document",
    ]);
    expect(emulator.problems).toEqual([]);
  });

  it.each([
    ["sendImage", { data: fixture("letter.pdf") }],
    ["sendImage", { data: fixture("clip.mp4") }],
    ["sendVideo", { data: fixture("photo.jpg") }],
    ["sendVoice", { data: fixture("song-id3.mp3") }],
    ["sendFile", { data: fixture("photo.jpg"), fileName: "a.pdf", mimeType: "application/pdf" }],
    ["sendFile", { data: fixture("letter.pdf"), fileName: "a.jpg", mimeType: "image/jpeg" }],
  ] as const)("is refused by %s when it is not what it is said to be", async (method, input) => {
    const { emulator, wasend } = await world();
    const send = wasend.messages[method].bind(wasend.messages) as (params: object) => PromiseLike<unknown>;
    await expect(send({ to: customer, ...input })).rejects.toBeInstanceOf(BadRequestError);
    expect(emulator.inbox(customer)).toEqual([]);
  });

  it("is refused when it does not decode", async () => {
    const { wasend, emulator } = await world();
    const body = { session: emulator.session, to: customer, data: "AAA" };
    await expect(wasend.request({ method: "POST", path: "/sendImage", body })).rejects.toThrow(/base64/);
  });
});

describe("a customer's file", () => {
  const letter = fixture("letter.pdf");

  it("is loaded from the chat and from the webhook alike", async () => {
    const { emulator, wasend } = await world();
    const { id } = await emulator.receive({
      from: customer,
      text: "See here",
      media: { data: letter, fileName: "../Brief.pdf" },
    });
    const message = await wasend.chats.getMessage(customer, id, { downloadMedia: true });
    expect(message).toMatchObject({ hasMedia: true, caption: "See here" });
    const folder = await mkdtemp(join(tmpdir(), "wasend-inbox-"));
    const path = await saveTo(await wasend.media.download(message), folder);
    expect([basename(path), new Uint8Array(await readFile(path))]).toEqual(["Brief.pdf", letter]);

    const event = parseWebhook(String(emulator.webhooks.at(-1)?.body));
    if (event.event !== "message") throw new Error("no message");
    for (const target of [event.message, event.message.media ?? "none"])
      expect(await (await wasend.media.download(target)).bytes()).toEqual(letter);
  });

  it("is what it shows itself to be", async () => {
    const { emulator } = await world();
    for (const file of ["photo.jpg", "voice.ogg", "clip.mp4", "letter.pdf"])
      await emulator.receive({ from: customer, media: { data: fixture(file) } });
    expect(emulator.messages.map(({ type, mimeType }) => [type, mimeType])).toEqual([
      ["image", "image/jpeg"],
      ["ptt", "audio/ogg; codecs=opus"],
      ["video", "video/mp4"],
      ["document", "application/pdf"],
    ]);
  });

  it("expires, gets lost, comes late and breaks on demand", async () => {
    const { emulator, wasend } = await world();
    const { id } = await emulator.receive({ from: customer, media: { data: letter } });
    const message = await wasend.chats.getMessage(customer, id, { downloadMedia: true });
    const files = { path: /^\/api\/files\// };

    emulator.faults.next(1, { cutBody: true, match: files });
    expect(await (await wasend.media.download(message)).bytes()).toEqual(letter);
    emulator.faults.next(1, { delayMs: 500, match: files });
    await expect(wasend.media.download(message, { timeout: 50 })).rejects.toBeInstanceOf(TimeoutError);

    emulator.media.keptMs = -1;
    await expect(wasend.media.download(message)).rejects.toBeInstanceOf(NotFoundError);
    emulator.media.clear();
    expect((await wasend.media.download(message)).mimeType).toBe("application/pdf");
    emulator.media.lose(id);
    await expect(wasend.media.download(message)).rejects.toThrow(/no such file \(any more\)/);
  });

  it("needs the key, and works without a network", async () => {
    const emulator = createEmulator();
    const { apiKey, session, fetch } = emulator;
    const wasend = new Wasend({ apiKey, session, fetch });
    const { id } = await emulator.receive({ from: customer, media: { data: letter } });
    const { media } = await wasend.chats.getMessage(customer, id, { downloadMedia: true });
    expect(await (await wasend.media.download({ media })).bytes()).toEqual(letter);
    expect((await fetch(String(media?.url))).status).toBe(401);
  });
});
