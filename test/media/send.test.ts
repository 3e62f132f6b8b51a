import { createReadStream } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { AbortedError, TimeoutError, ValidationError, Wasend, type WasendOptions } from "../../src/index.js";
import { fileFromPath } from "../../src/node.js";
import { fixture } from "./support.js";

const to = "+14155550123";
const MB = 1_024 * 1_024;

/** A client whose requests are kept, and answered as if they had been sent. */
function client(options: WasendOptions = {}) {
  const requests: { path: string; body: Record<string, unknown> }[] = [];
  const wasend = new Wasend({
    apiKey: "key",
    session: "sess_1",
    fetch: async (url, init) => {
      const body = await new Response(init.body).text();
      requests.push({ path: new URL(url).pathname, body: JSON.parse(body) });
      return Response.json({ id: "msg_1", to, status: "PENDING", timestamp: "", type: "" }, { status: 201 });
    },
    ...options,
  });
  return { wasend, requests, media: wasend.media, last: () => requests.at(-1) };
}

const refused = async (work: PromiseLike<unknown>): Promise<string> => {
  const error = await Promise.resolve(work).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ValidationError);
  return (error as Error).message;
};

describe("media.send picks the endpoint by content", () => {
  it.each([
    ["photo.jpg", "/sendImage", "image"],
    ["picture.png", "/sendImage", "image"],
    ["clip.mp4", "/sendVideo", "video"],
    ["clip.3gp", "/sendVideo", "video"],
    ["voice.ogg", "/sendVoice", "voice"],
    ["still.webp", "/sendFile", "file", "WhatsApp shows no image/webp in the chat"],
    ["moving.gif", "/sendFile", "file", "WhatsApp shows no image/gif in the chat"],
    ["clip.mov", "/sendFile", "file", "WhatsApp shows no video/quicktime in the chat"],
    ["clip-hevc.mp4", "/sendFile", "file", expect.stringContaining("this video is hevc")],
    ["song.mp3", "/sendFile", "file", expect.stringContaining("libopus")],
    ["music.ogg", "/sendFile", "file", expect.stringContaining("audio/ogg with vorbis")],
    ["letter.pdf", "/sendFile", "file"],
    ["letter.docx", "/sendFile", "file"],
    ["note.txt", "/sendFile", "file"],
  ])("%s goes by %s", async (file, path, sentAs, note: unknown = undefined) => {
    const { media, last } = client();
    const sent = await media.send({ to, data: fixture(file), mimeType: "image/x-wrong" });
    expect(sent).toMatchObject({ id: "msg_1", sentAs });
    expect(sent.note).toEqual(note);
    expect(last()?.path).toBe(path);
    expect(last()?.body.data).toBe(Buffer.from(fixture(file)).toString("base64"));
  });

  it("says how long a voice note plays, and how a file is called", async () => {
    const { media, last } = client();
    await media.send({ to, data: fixture("voice.ogg") });
    expect(last()?.body).toMatchObject({ duration: 2 });
    await media.send({ to, data: new File([fixture("letter.pdf")], "Rechnung.pdf") });
    expect(last()?.body).toMatchObject({ fileName: "Rechnung.pdf", mimeType: "application/pdf" });
    await media.send({ to, data: fixture("letter.docx") });
    expect(last()?.body).toMatchObject({ fileName: "file.docx" });
    await media.send({
      to,
      data: new Uint8Array([0, 1, 2]),
      mimeType: "application/x-own",
      fileName: "a.own",
    });
    expect(last()?.body).toMatchObject({ fileName: "a.own", mimeType: "application/x-own" });
  });

  it("sends as a file what is to go as a file, and as a voice note only what is one", async () => {
    const { media, last, requests } = client();
    expect(await media.send({ to, data: fixture("photo.jpg"), as: "file" })).toMatchObject({
      sentAs: "file",
    });
    expect(last()?.body).toMatchObject({ mimeType: "image/jpeg", fileName: "file.jpg" });
    const message = await refused(media.send({ to, data: fixture("song.mp3"), as: "voice" }));
    expect(message).toContain("ffmpeg -i INPUT -vn -ac 1 -c:a libopus -b:a 32k voice.ogg");
    expect(requests.length).toBe(1);
  });

  it("gives the call's details as every other call does", async () => {
    const { data, attempts } = await client()
      .media.send({ to, data: fixture("photo.jpg") })
      .withResponse();
    expect([data.sentAs, attempts]).toEqual(["image", 1]);
  });
});

describe("media.send with an address, which it never fetches", () => {
  it.each([
    ["https://e.com/a.jpg", undefined, "/sendImage"],
    ["https://e.com/a.JPEG?size=2", undefined, "/sendImage"],
    ["https://e.com/a.mp4", undefined, "/sendVideo"],
    ["https://e.com/a.ogg", undefined, "/sendVoice"],
    ["https://e.com/a.opus", undefined, "/sendVoice"],
    ["https://e.com/a.mp3", undefined, "/sendFile"],
    ["https://e.com/a.webp", undefined, "/sendFile"],
    ["https://e.com/a.pdf", undefined, "/sendFile"],
    ["https://e.com/download", undefined, "/sendFile"],
    ["https://e.com/download", "image/png", "/sendImage"],
    ["https://e.com/a.jpg", "application/pdf", "/sendFile"],
  ])("%s as %s goes by %s", async (url, mimeType, path) => {
    const { media, requests } = client();
    await media.send({ to, url, mimeType });
    expect(requests.map((request) => request.path)).toEqual([path]);
    expect(requests[0]?.body.url).toBe(url);
  });

  it("names a file by its address", async () => {
    const { media, last } = client();
    await media.send({ to, url: "https://e.com/files/My%20letter.pdf" });
    expect(last()?.body).toMatchObject({ fileName: "My letter.pdf", mimeType: "application/pdf" });
    await media.send({ to, url: "https://e.com" });
    expect(last()?.body).toMatchObject({ fileName: "file.bin", mimeType: "application/octet-stream" });
  });

  it("sends a document with a caption by /send, the only endpoint that has a place for it", async () => {
    const { media, last } = client();
    const url = "https://e.com/a.pdf";
    const sent = await media.send({ to, url, caption: "Your invoice", fileName: "invoice.pdf" });
    expect(sent.sentAs).toBe("file");
    expect(last()).toEqual({
      path: "/send",
      body: {
        session: "sess_1",
        to,
        documentUrl: url,
        text: "Your invoice",
        filename: "invoice.pdf",
        mimetype: "application/pdf",
      },
    });
    expect(await refused(media.send({ to, url, caption: "x", replyTo: "m" }))).toContain("replyTo");
  });
});

describe("captions that have no place", () => {
  it.each([
    ["letter.pdf", "no place for it"],
    ["still.webp", "it goes as a file: WhatsApp shows no image/webp"],
    ["voice.ogg", "voice note"],
  ])("are refused with %s", async (file, words) => {
    const { media, requests } = client();
    expect(await refused(media.send({ to, data: fixture(file), caption: "Hello" }))).toContain(words);
    expect(requests).toEqual([]);
  });
});

describe("limits are kept to before any network", () => {
  const large = (bytes: number, head: Uint8Array = fixture("photo.jpg")) => {
    const file = new Uint8Array(bytes);
    file.set(head.subarray(0, Math.min(head.length, bytes)));
    return file;
  };

  it.each([
    [
      "sendImage",
      { data: large(5 * MB + 1) },
      /is 5\.1 MB, and a picture may have 5 MB at most: make it smaller.*mediaLimits\.image/,
    ],
    ["sendVideo", { data: large(16 * MB + 1) }, /a video may have 16 MB/],
    ["sendVoice", { data: new Blob([large(16 * MB + 1)]) }, /a sound may have 16 MB/],
    [
      "sendFile",
      { data: large(40 * MB), fileName: "a", mimeType: "a/b" },
      /which base64 turns into 53\.4 MB, and a request may have 50 MB at most: send it by url/,
    ],
    ["sendImage", { data: large(100 * 1_024 + 1, fixture("still.webp")) }, /sticker only, may have 100 kB/],
    ["sendImage", { data: large(500 * 1_024 + 1, fixture("moving.webp")) }, /sticker only, may have 500 kB/],
    ["sendImage", { data: Buffer.from(large(5 * MB + 1)).toString("base64") }, /picture may have 5 MB/],
    ["sendImage", { data: new Uint8Array() }, /must not be empty/],
    ["sendImage", { data: "data:image/png;base64," }, /must not be empty/],
    ["sendImage", { data: new Blob([]) }, /must not be empty/],
    ["sendImage", { data: async () => new Blob([]).stream() }, /must not be empty/],
    [
      "sendImage",
      { url: "https://e.com/a.jpg", caption: "x".repeat(1_025) },
      /"caption" has 1025 characters, and 1024 are the most/,
    ],
    [
      "send",
      { documentUrl: "https://e.com/a.pdf", text: "x".repeat(1_025) },
      /"text" has 1025 characters, and 1024/,
    ],
    ["send", { text: "x".repeat(4_097) }, /"text" has 4097 characters, and 4096/],
    ["sendText", { text: "x".repeat(4_097) }, /send it in parts/],
  ] as const)("by %s", async (method, input, words) => {
    const { wasend, requests } = client();
    const send = (wasend.messages[method] as (params: object) => PromiseLike<unknown>).bind(wasend.messages);
    expect(await refused(send({ to, ...input }))).toMatch(words);
    expect(requests).toEqual([]);
  });

  it("and by media.send, which knows what it is", async () => {
    const { media, requests } = client();
    expect(await refused(media.send({ to, data: large(6 * MB) }))).toContain('as: "file"');
    expect(await refused(media.send({ to, data: new Blob([]) }))).toContain("is empty");
    expect(requests).toEqual([]);
    expect(await media.send({ to, data: large(6 * MB), as: "file" })).toMatchObject({ sentAs: "file" });
  });

  it("count what people see, up to the limit itself", async () => {
    const { wasend } = client();
    await wasend.messages.sendText({ to, text: "😀".repeat(4_096) });
    await wasend.messages.sendImage({ to, data: large(5 * MB), caption: "x".repeat(1_024) });
  });

  it("are the user's to change", async () => {
    const { wasend, last } = client({ mediaLimits: { image: 10 * MB, text: 10 } });
    await wasend.messages.sendImage({ to, data: large(6 * MB) });
    expect(String(last()?.body.data).length).toBe(8 * MB);
    expect(await refused(wasend.messages.sendText({ to, text: "x".repeat(11) }))).toContain(
      "mediaLimits.text",
    );
    expect(() => client({ mediaLimits: { picture: 1 } as object })).toThrow(/there are image, video/);
    expect(() => client({ mediaLimits: { image: -1 } })).toThrow(/mediaLimits.image/);
  });

  it("and an address that the server cannot reach is warned of, without the rest of it", async () => {
    const warn = vi.fn();
    const logger = { error: vi.fn(), warn, info: vi.fn(), debug: vi.fn() };
    const { wasend } = client({ logger });
    await wasend.messages.sendImage({ to, url: "http://localhost:3000/secret.jpg" });
    await wasend.messages.send({ to, documentUrl: "http://192.168.1.2/a.pdf" });
    await wasend.media.send({ to, url: "http://[::1]/a.jpg" });
    await wasend.messages.sendImage({ to, url: "https://example.com/a.jpg" });
    expect(warn.mock.calls.map(([text]) => text)).toEqual([
      expect.stringContaining("messages.sendImage: url points to localhost,"),
      expect.stringContaining("messages.send: documentUrl points to 192.168.1.2,"),
      expect.stringContaining("messages.sendImage: url points to [::1],"),
    ]);
    expect(JSON.stringify(warn.mock.calls)).not.toContain("secret");
  });
});

describe("sources", () => {
  const bytes = fixture("photo.jpg");
  const base64 = Buffer.from(bytes).toString("base64");

  it.each([
    ["base64", base64],
    ["base64 with a prefix", `data:image/jpeg;base64,${base64}`],
    ["a Uint8Array", bytes],
    ["a part of a larger buffer", Buffer.concat([Buffer.alloc(7), bytes]).subarray(7)],
    ["an ArrayBuffer", bytes.buffer],
    ["a Blob", new Blob([bytes])],
    ["a File", new File([bytes], "x.jpg")],
    ["a function that gives a web stream", () => new Blob([bytes]).stream()],
    [
      "a function that gives a Node stream",
      () => createReadStream(new URL("../fixtures/media/photo.jpg", import.meta.url)),
    ],
    ["a function that gives a promise of one", async () => new Blob([bytes]).stream()],
  ])("%s", async (_, data) => {
    const { wasend, requests } = client();
    await wasend.messages.sendImage({ to, data });
    await wasend.messages.sendFile({ to, data, fileName: "x.jpg", mimeType: "image/jpeg" });
    expect(await wasend.media.send({ to, data })).toMatchObject({ sentAs: "image" });
    expect(await wasend.media.inspect(data)).toMatchObject({ mimeType: "image/jpeg", size: bytes.length });
    expect(requests.map(({ body }) => body.data)).toEqual([base64, base64, base64]);
  });

  it("that are large arrive whole, whatever they are", async () => {
    const large = new Uint8Array(4 * MB + 1).map((_, i) => i * 7);
    const text = Buffer.from(large).toString("base64");
    const { wasend, last } = client();
    for (const data of [
      large,
      text,
      `data:x/y;base64,${text}`,
      new Blob([large]),
      () => new Blob([large]).stream(),
    ]) {
      await wasend.messages.sendImage({ to, data, caption: 'a "caption"\n' });
      expect(last()?.body.data === text).toBe(true);
      expect(last()?.body.caption).toBe('a "caption"\n');
    }
  });

  it("that can be read once only are refused with the reason", async () => {
    const { wasend, requests } = client();
    const stream = createReadStream(new URL("../fixtures/media/photo.jpg", import.meta.url));
    for (const data of [new Blob([bytes]).stream(), stream]) {
      expect(await refused(wasend.messages.sendImage({ to, data: data as never }))).toContain("() => stream");
      expect(await refused(wasend.media.send({ to, data: data as never }))).toContain("only once");
    }
    expect(await refused(wasend.messages.sendImage({ to, data: Promise.resolve(bytes) as never }))).toContain(
      "await it",
    );
    expect(await refused(wasend.messages.sendImage({ to, data: 7 as never }))).toContain("must be base64");
    expect(await refused(wasend.media.send({ to, data: "no base64!" }))).toContain("must be base64");
    expect(requests).toEqual([]);
    stream.destroy();
  });

  it("that fail are told before anything is sent", async () => {
    const { wasend, requests } = client();
    const broken = () => {
      throw new Error("no such object");
    };
    expect(await refused(wasend.messages.sendImage({ to, data: broken }))).toContain("no such object");
    const cut = async function* () {
      yield bytes;
      throw new Error("socket hang up");
    };
    expect(await refused(wasend.media.send({ to, data: () => cut() }))).toContain("socket hang up");
    const endless = async function* () {
      for (;;) yield new Uint8Array(MB);
    };
    expect(await refused(wasend.media.send({ to, data: () => endless() }))).toContain("more than 50 MB");
    expect(requests).toEqual([]);
  });

  it("that never come do not hold a call for ever", async () => {
    const { wasend } = client();
    const silent = () => new ReadableStream<Uint8Array>();
    await expect(wasend.messages.sendImage({ to, data: silent }, { deadline: 30 })).rejects.toBeInstanceOf(
      TimeoutError,
    );
    const aborted = wasend.media.send({ to, data: silent }, { signal: AbortSignal.timeout(20) });
    await expect(aborted).rejects.toBeInstanceOf(AbortedError);
    await expect(aborted).rejects.toMatchObject({ outcome: "not_sent", attempts: 0 });
  });

  it("are checked as strictly as every other input", async () => {
    const { media } = client();
    expect(await refused(media.send({ to, data: bytes, url: "https://e.com" } as never))).toContain(
      "must not stand beside",
    );
    expect(await refused(media.send({ to } as never))).toContain("or data is required");
    expect(await refused(media.send({ to, data: bytes, filename: "x" } as never))).toContain(
      '"filename" is not a field',
    );
    expect(await refused(media.send({ to, url: "ftp://e.com/x" }))).toContain("http(s)");
    expect(await refused(media.send({ to: "14155550123", data: bytes }))).toContain('"to"');
  });
});

describe("fileFromPath", () => {
  it("gives a File that is read only when it is sent", async () => {
    const folder = await mkdtemp(join(tmpdir(), "wasend-path-"));
    const path = join(folder, "letter.pdf");
    await writeFile(path, fixture("letter.pdf"));
    const file = fileFromPath(path);
    expect(file).toBeInstanceOf(File);
    expect(file).toMatchObject({ name: "letter.pdf", type: "application/pdf", size: 9_900 });
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(fixture("letter.pdf"));
    expect(new Uint8Array(await file.slice(5, -5).slice(1, 3).arrayBuffer())).toEqual(
      fixture("letter.pdf").subarray(6, 8),
    );
    expect(await new Response(file.stream()).text()).toBe(await file.text());
    const { media, last } = client();
    await media.send({ to, data: file });
    expect(last()).toMatchObject({
      path: "/sendFile",
      body: { fileName: "letter.pdf", mimeType: "application/pdf" },
    });
    await media.send({ to, data: fileFromPath(path, { name: "other.pdf" }) });
    expect(last()?.body.fileName).toBe("other.pdf");
  });

  it("refuses what is no file, what is gone, and what has changed since", async () => {
    const folder = await mkdtemp(join(tmpdir(), "wasend-path-"));
    expect(() => fileFromPath(folder)).toThrow(/not a file/);
    expect(() => fileFromPath(join(folder, "none"))).toThrow(/ENOENT/);
    const path = join(folder, "x.txt");
    await writeFile(path, "one");
    const file = fileFromPath(path);
    await writeFile(path, "other content");
    const { media, requests } = client();
    expect(await refused(media.send({ to, data: file }))).toContain("has changed since");
    expect(requests).toEqual([]);
  });
});
