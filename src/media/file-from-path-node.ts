import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { typeOfName } from "./media-info.js";

/** Bytes for one step of a stream. */
const STEP_BYTES = 393_216;

interface Span {
  path: string;
  start: number;
  end: number;
  /** What the file was when it was named: a file that has changed since is not what the caller meant. */
  mtimeMs: number;
  fileSize: number;
}

/** A File whose content stays on disk until it is asked for. */
class PathFile extends File {
  readonly #span: Span;

  constructor(span: Span, name: string, type: string) {
    super([], name, { type, lastModified: span.mtimeMs });
    this.#span = span;
  }

  override get size(): number {
    return this.#span.end - this.#span.start;
  }

  override slice(start = 0, end = this.size, type = ""): Blob {
    const from = within(start, this.size);
    const to = Math.max(from, within(end, this.size));
    const { start: at } = this.#span;
    return new PathFile({ ...this.#span, start: at + from, end: at + to }, this.name, type);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#read()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.#read());
  }

  /** Newer runtimes have it on every Blob. */
  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#read();
  }

  override stream(): ReturnType<Blob["stream"]> {
    let at = 0;
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: async (controller) => {
          if (at >= this.size) return controller.close();
          const piece = await (this.slice(at, at + STEP_BYTES) as PathFile).#read();
          at += piece.length;
          controller.enqueue(piece);
        },
      },
      { highWaterMark: 0 },
    );
  }

  async #read(): Promise<Uint8Array<ArrayBuffer>> {
    const { path, start, end, mtimeMs, fileSize } = this.#span;
    const file = await open(path);
    try {
      // Looked at where reading begins and where it ends: in between it would cost as much as the reading.
      if (start === 0 || end === fileSize) {
        const now = await file.stat();
        if (now.size !== fileSize || now.mtimeMs !== mtimeMs)
          throw new Error("the file has changed since fileFromPath named it");
      }
      const bytes = new Uint8Array(end - start);
      for (let at = 0; at < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, start + at);
        if (bytesRead === 0) throw new Error("the file ended early");
        at += bytesRead;
      }
      return bytes;
    } finally {
      await file.close();
    }
  }
}

/** As `slice` counts: negative from the end, never outside. */
function within(position: number, size: number): number {
  return position < 0 ? Math.max(0, size + position) : Math.min(position, size);
}

/**
 * A file on disk as a `File`. Nothing is read yet: its content is read in pieces when it is sent, so a large file never
 * lies in memory as a whole. A file that changes in between is refused.
 *
 * @param path Where it is.
 * @param options `name` and `type` for the receiver. Default: the path's last part, and the type of its ending.
 * @throws The error of `fs.statSync` when there is no such file, and a TypeError when it is no file.
 *
 * @example
 * ```ts
 * import { fileFromPath } from "@wasend/sdk/node";
 *
 * await wasend.media.send({ to: "+14155550123", data: fileFromPath("./invoice.pdf") });
 * ```
 */
export function fileFromPath(path: string, options: { name?: string; type?: string } = {}): File {
  const { size, mtimeMs, ...stats } = statOf(path);
  if (!stats.isFile) throw new TypeError(`fileFromPath: ${basename(path)} is not a file.`);
  const name = options.name ?? basename(path);
  const span = { path, start: 0, end: size, mtimeMs, fileSize: size };
  return new PathFile(span, name, options.type ?? typeOfName(name) ?? "");
}

function statOf(path: string): { size: number; mtimeMs: number; isFile: boolean } {
  const stats = statSync(path);
  return { size: stats.size, mtimeMs: stats.mtimeMs, isFile: stats.isFile() };
}
