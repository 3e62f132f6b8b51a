import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { AbortedError, PayloadTooLargeError, type UploadProgress, Wasend } from "../../src/index.js";
import { fileFromPath } from "../../src/node.js";
import { serve } from "./support.js";

const to = "+14155550123";
const file = randomBytes(6 * 1_024 * 1_024 + 2);
const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const client = (baseUrl: string) => new Wasend({ apiKey: "key", session: "sess_1", baseUrl });
const message = { to, fileName: "large.bin", mimeType: "application/octet-stream" };

/** Answers every send, and keeps what came. */
async function api(answer = 201) {
  const bodies: Record<string, unknown>[] = [];
  const lengths: string[] = [];
  const server = await serve(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    lengths.push(request.headers["content-length"] ?? "none");
    bodies.push(JSON.parse(Buffer.concat(parts).toString()));
    response.writeHead(answer, { "content-type": "application/json" }).end('{"id":"msg_1"}');
  });
  return { ...server, bodies, lengths };
}

async function onDisk(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "wasend-upload-")), "large.bin");
  await writeFile(path, file);
  return path;
}

it("a large file arrives whole from every source, and its length is said beforehand", async () => {
  const { url, bodies, lengths } = await api();
  const { messages } = client(url);
  const path = await onDisk();
  const sources = [
    file,
    file.toString("base64"),
    new Blob([file]),
    fileFromPath(path),
    () => new Blob([file]).stream(),
  ];
  for (const data of sources) await messages.sendFile({ ...message, data });
  for (const body of bodies) {
    expect(sha(Buffer.from(String(body.data), "base64"))).toBe(sha(file));
    expect(body).toMatchObject({ to, fileName: "large.bin", session: "sess_1" });
  }
  expect(new Set(lengths).size).toBe(1);
  expect(Number(lengths[0])).toBe(Buffer.byteLength(JSON.stringify(bodies[0])));
});

it("says how far it has come, up to the whole", async () => {
  const { url } = await api();
  const seen: UploadProgress[] = [];
  const onUploadProgress = (progress: UploadProgress) => seen.push(progress);
  await client(url).messages.sendFile({ ...message, data: file }, { onUploadProgress });
  const loaded = seen.map((progress) => progress.loaded);
  expect(loaded.length).toBeGreaterThan(10);
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual({ loaded: seen[0]?.total, total: seen[0]?.total });

  seen.length = 0;
  await client(url).messages.sendText({ to, text: "Ümlaut" }, { onUploadProgress });
  expect(seen).toEqual([{ loaded: 57, total: 57 }]);

  const fetch = () => Promise.resolve(Response.json({ id: "msg_1" }));
  const overFetch = new Wasend({ apiKey: "key", session: "sess_1", fetch });
  seen.length = 0;
  await overFetch.messages.sendFile({ ...message, data: file }, { onUploadProgress });
  expect(seen).toEqual([{ loaded: seen[0]?.total, total: seen[0]?.total }]);
});

it("is not broken by a watcher that throws", async () => {
  const { url, bodies } = await api();
  const onUploadProgress = () => {
    throw new Error("from the watcher");
  };
  await client(url).messages.sendFile({ ...message, data: file }, { onUploadProgress });
  expect(bodies).toHaveLength(1);
});

it("hears a refusal that comes before all is sent, and sends the next one over a new connection", async () => {
  const { url, requests } = await serve((request, response) => {
    if (requests.length === 1) return void response.writeHead(413).end("{}");
    request.resume().on("end", () => response.writeHead(201).end('{"id":"msg_2"}'));
  });
  const { messages } = client(url);
  await expect(messages.sendFile({ ...message, data: file })).rejects.toBeInstanceOf(PayloadTooLargeError);
  expect(await messages.sendText({ to, text: "next" })).toMatchObject({ id: "msg_2" });
});

it("stops reading the file when it is aborted", async () => {
  const { url } = await serve((request) => void request.pause());
  let reads = 0;
  class Slow extends File {
    override slice(start?: number, end?: number): Blob {
      reads += 1;
      return super.slice(start, end);
    }
  }
  const controller = new AbortController();
  const data = new Slow([file, file], "slow.bin");
  const sending = client(url).messages.sendFile({ ...message, data }, { signal: controller.signal });
  setTimeout(() => controller.abort(), 100);
  await expect(sending).rejects.toBeInstanceOf(AbortedError);
  const before = reads;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(reads).toBe(before);
  expect(reads).toBeLessThan(30);
});
