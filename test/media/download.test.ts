import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  AbortedError,
  ConnectionError,
  isWasendError,
  NotFoundError,
  PayloadTooLargeError,
  PermissionError,
  ResponseReadError,
  ServerError,
  TimeoutError,
} from "../../src/errors/index.js";
import { saveTo } from "../../src/media/save-to-node.js";
import { breaking, fixture, load, serve } from "./support.js";

const open = { allowPrivate: true };
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.unreachable("it should fail"),
    (error: unknown) => error,
  );

describe("a download", () => {
  it("gives name, type, size and content", async () => {
    const photo = fixture("photo.jpg");
    const { url } = await serve((_, response) =>
      response
        .writeHead(200, {
          "content-length": photo.length,
          "content-disposition": 'attachment; filename="cat.jpg"',
        })
        .end(photo),
    );
    const media = await load(`${url}/x`, open);
    expect(media).toMatchObject({ fileName: "cat.jpg", mimeType: "image/jpeg", size: photo.length });
    expect(await media.bytes()).toEqual(photo);
  });

  it("whose middle came again as a whole, and again in part, is still the same file", async () => {
    const file = randomBytes(20_000);
    let count = 0;
    const { url } = await serve((request, response) => {
      count += 1;
      const at = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const cutAfter = [10_000, 4_000][count - 1];
      if (cutAfter === undefined) {
        const range = { "content-range": `bytes ${at}-19999/20000`, "content-length": 20_000 - at };
        return void response.writeHead(206, { etag: '"v1"', ...range }).end(file.subarray(at));
      }
      response.writeHead(200, { etag: '"v1"', "content-length": 20_000 });
      response.write(file.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20));
    });
    expect(await (await load(url, open)).bytes()).toEqual(new Uint8Array(file));
    expect(count).toBe(3);
  });

  it("can be read once; a second time is an error, and saves nothing", async () => {
    const { url } = await serve((_, response) => response.end("hello world"));
    const folder = await mkdtemp(join(tmpdir(), "wasend-once-"));
    const read = await load(url, open);
    await read.bytes();
    await expect(read.bytes()).rejects.toThrow(/read once only/);
    await expect(saveTo(read, folder)).rejects.toThrow(/read once only/);
    const cancelled = await load(url, open);
    await cancelled.cancel();
    await expect(saveTo(cancelled, folder)).rejects.toThrow(/read once only/);
    expect(() => cancelled.stream()).toThrow(/read once only/);
    expect(await readdir(folder)).toEqual([]);
  });

  it("that is cancelled while it waits asks for nothing more, and at once", async () => {
    const { url, requests } = await serve((_, response) => {
      response.writeHead(200, { etag: '"v"', "content-length": 100_000 });
      response.write(Buffer.alloc(10_000));
    });
    const reader = (await load(url, { ...open, timeout: 5_000 })).stream().getReader();
    const readAll = async () => {
      while (!(await reader.read()).done);
    };
    const reading = readAll();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const start = performance.now();
    await reader.cancel();
    await reading;
    expect(performance.now() - start).toBeLessThan(1_000);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(requests).toHaveLength(1);
  });

  it.each(["deadline", "signal", "a folder that cannot be made"])(
    "lets its connection go: %s",
    async (why) => {
      let closed = false;
      const { url } = await serve((_, response) => {
        response.on("close", () => {
          closed = true;
        });
        response.writeHead(200, { "content-length": 10_000_000 });
        response.write(Buffer.alloc(200_000));
      });
      const controller = new AbortController();
      const options = { ...open, signal: controller.signal, ...(why === "deadline" && { deadline: 200 }) };
      const media = await load(url, options);
      if (why === "signal") controller.abort();
      if (why.startsWith("a folder"))
        await expect(saveTo(media, join(fileURLToPath(import.meta.url), "x"))).rejects.toThrow();
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(closed).toBe(true);
      if (why === "deadline") await expect(media.bytes()).rejects.toThrow(TimeoutError);
      if (why === "signal") await expect(media.bytes()).rejects.toThrow(AbortedError);
    },
  );

  it("feeds on messages of chats and webhooks", async () => {
    const letter = fixture("letter.pdf");
    const { url } = await serve((_, response) => response.end(letter));
    const media = { url: `${url}/api/files/abc.pdf`, mimetype: "application/pdf", filename: "Rechnung.pdf" };
    for (const target of [{ id: "x", media, hasMedia: true }, media]) {
      expect((await load(target, open)).fileName).toBe("Rechnung.pdf");
    }
    expect((await load(new URL(media.url), open)).fileName).toBe("abc.pdf");
  });

  it("tells what the content is, whatever the server calls it", async () => {
    const { url } = await serve((request, response) => {
      response.setHeader("content-type", "image/jpeg");
      response.end(fixture(request.url?.slice(1) ?? ""));
    });
    expect((await load(`${url}/voice.ogg`, open)).mimeType).toBe("audio/ogg; codecs=opus");
    expect((await load(`${url}/letter.pdf`, open)).mimeType).toBe("application/pdf");
  });

  it("reads a file inside a data: address", async () => {
    const media = await load("data:text/plain;base64,aGVsbG8=");
    expect(new TextDecoder().decode(await media.bytes())).toBe("hello");
    expect(media.fileName).toBe("file.txt");
  });

  it("tells how far it is", async () => {
    const file = randomBytes(300_000);
    const { url } = await serve(breaking(file, []));
    const steps: [number, number | undefined][] = [];
    const media = await load(url, {
      ...open,
      onProgress: ({ loaded, total }) => steps.push([loaded, total]),
    });
    await media.bytes();
    expect(steps.at(-1)).toEqual([300_000, 300_000]);
    expect(steps.map(([loaded]) => loaded)).toEqual(
      steps.map(([loaded]) => loaded).toSorted((a, b) => a - b),
    );
  });
});

describe("a connection that breaks", () => {
  const file = randomBytes(200_000);
  const offsets = Array.from({ length: 10 }, () => Math.floor(Math.random() * file.length));

  it.each(offsets)("after %i bytes: the file is whole", async (offset) => {
    const { url, requests } = await serve(breaking(file, [offset]));
    const folder = await mkdtemp(join(tmpdir(), "wasend-cut-"));
    const path = await saveTo(await load(url, open), folder);
    expect(sha(await readFile(path))).toBe(sha(file));
    expect(requests.at(-1)?.headers["if-range"]).toBe('"one"');
  });

  it.each(offsets)(
    "after %i bytes, and nothing proves that the rest is of the same file: a typed error and no file",
    async (offset) => {
      const { url } = await serve(breaking(file, [offset], {}));
      const folder = await mkdtemp(join(tmpdir(), "wasend-cut-"));
      const error = await failure(load(url, open).then((media) => saveTo(media, folder)));
      expect(error).toBeInstanceOf(ResponseReadError);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("breaks at all ten of them in one download: the file is whole", async () => {
    const cuts = offsets.map((offset) => 1 + (offset % 15_000));
    const { url, requests } = await serve(breaking(file, cuts));
    expect(sha(await (await load(url, open)).bytes())).toBe(sha(file));
    expect(requests.length).toBe(11);
  });

  it("is taken up by a server that can only begin at the start", async () => {
    const { url } = await serve(breaking(file, [50_000, 120_000], { etag: '"one"' }, false));
    expect(sha(await (await load(url, open)).bytes())).toBe(sha(file));
  });

  it("is not taken up with another file", async () => {
    let version = 0;
    const { url } = await serve((request, response) => {
      version += 1;
      breaking(file, version === 1 ? [50_000] : [], { etag: `"v${version}"` }, false)(request, response);
    });
    const error = await failure(load(url, open).then((media) => media.bytes()));
    expect(error).toBeInstanceOf(ResponseReadError);
    expect(String(error)).toContain("changed on the server");
  });

  it("is given up when it gets no further", async () => {
    const { url, requests } = await serve(breaking(file, [50_000, ...Array<number>(20).fill(0)]));
    const error = await failure(load(url, { ...open, maxRetries: 2 }).then((media) => media.bytes()));
    expect(error).toBeInstanceOf(ResponseReadError);
    expect(requests.length).toBe(3);
  });
});

describe("a file that is not there", () => {
  it.each([404, 410])("is a NotFoundError: %i", async (status) => {
    const { url } = await serve((_, response) => response.writeHead(status).end());
    const error = await failure(load(url, open));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ status, attempts: 1 });
  });

  it("or whose address has expired, too", async () => {
    const { url } = await serve((_, response) => response.writeHead(403).end("Request has expired"));
    expect(await failure(load(`${url}/f?X-Amz-Signature=abc`, open))).toBeInstanceOf(NotFoundError);
    expect(await failure(load(`${url}/f`, open))).toBeInstanceOf(PermissionError);
  });

  it.each([
    [{ hasMedia: false }, "has no file"],
    [{ hasMedia: true, media: null }, "downloadMedia: true"],
    [{ hasMedia: true, media: { url: null, mimetype: "image/jpeg", error: { code: 14 } } }, "could not load"],
  ])("or that the message does not name: %j", async (message, words) => {
    const error = await failure(load(message, open));
    expect(error).toBeInstanceOf(NotFoundError);
    expect(String(error)).toContain(words);
  });
});

describe("limits", () => {
  it("refuse a file that says it is too large before it is read", async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { "content-length": 5_000_000 }).write("x"),
    );
    const error = await failure(load(url, { ...open, maxBytes: 1_000 }));
    expect(error).toBeInstanceOf(PayloadTooLargeError);
  });

  it("and one that does not say so, as soon as it is", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200);
      const more = setInterval(() => response.write(randomBytes(10_000)), 1);
      response.on("close", () => clearInterval(more));
    });
    const error = await failure(load(url, { ...open, maxBytes: 100_000 }).then((media) => media.bytes()));
    expect(error).toBeInstanceOf(PayloadTooLargeError);
  });

  it("end a transfer that stands still, and one that takes too long", async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      response.write(randomBytes(20_000));
      if (request.url === "/still") return;
      const more = setInterval(() => response.write("."), 20);
      response.on("close", () => clearInterval(more));
    });
    const still = await failure(
      load(`${url}/still`, { ...open, timeout: 50 }).then((media) => media.bytes()),
    );
    expect(still).toBeInstanceOf(TimeoutError);
    expect(still).toMatchObject({ scope: "attempt", ms: 50 });
    const slow = await failure(
      load(`${url}/slow`, { ...open, deadline: 150 }).then((media) => media.bytes()),
    );
    expect(slow).toMatchObject({ name: "TimeoutError", scope: "deadline", ms: 150 });
  });

  it("and a caller's abort, at any time", async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { "content-length": 1_000_000 });
      response.write(randomBytes(20_000));
    });
    const controller = new AbortController();
    const media = await load(url, { ...open, signal: controller.signal });
    const reading = failure(media.bytes());
    controller.abort(new Error("enough"));
    expect(await reading).toBeInstanceOf(AbortedError);
    expect(await failure(load(url, { ...open, signal: AbortSignal.abort() }))).toBeInstanceOf(AbortedError);
  });

  it("let go of a connection that is not read to its end", async () => {
    let closed = 0;
    const { url } = await serve((_, response) => {
      response.on("close", () => {
        closed += 1;
      });
      response.writeHead(200, { "content-length": 10_000_000 });
      response.write(randomBytes(50_000));
    });
    await (await load(url, open)).cancel();
    for await (const _ of await load(url, open)) break;
    const reader = (await load(url, open)).stream().getReader();
    await reader.read();
    await reader.cancel();
    await expect.poll(() => closed).toBe(3);
  });
});

describe("what may pass is tried again", () => {
  it("after a 503 and a refused connection, so often", async () => {
    const statuses = [503, 503];
    const { url, requests } = await serve((_, response) => {
      const status = statuses.shift();
      if (status === undefined) response.end("content");
      else response.writeHead(status).end();
    });
    expect(new TextDecoder().decode(await (await load(url, open)).bytes())).toBe("content");
    statuses.push(503, 503, 503, 503);
    expect(await failure(load(url, { ...open, maxRetries: 1 }))).toBeInstanceOf(ServerError);
    expect(requests.length).toBe(5);
    const gone = await failure(load("http://127.0.0.1:1/x", { ...open, maxRetries: 1 }));
    expect(gone).toBeInstanceOf(ConnectionError);
    expect(gone).toMatchObject({ attempts: 2 });
    expect(isWasendError(gone)).toBe(true);
  });
});

function sha(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
