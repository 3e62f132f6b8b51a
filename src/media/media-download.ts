import { ValidationError } from "../errors/index.js";
import type { ByteSource } from "./byte-source.js";

/** A file that is being loaded: its headers are here, its content comes as it is read. It can be read once. */
export class MediaDownload {
  /** Its name: the server's, else the message's, else the address's. A stranger chose it; `saveTo` makes it safe. */
  readonly fileName: string;
  /** Its type: what the content is recognised as, else what server or message say. */
  readonly mimeType: string;
  /** Its bytes, `undefined` when the server does not say. */
  readonly size: number | undefined;
  readonly #pieces: AsyncGenerator<Uint8Array>;
  readonly #close: () => void;
  #isTaken = false;

  /** @internal */
  constructor(init: {
    fileName: string;
    mimeType: string;
    size: number | undefined;
    pieces: AsyncGenerator<Uint8Array>;
    close: () => void;
  }) {
    this.fileName = init.fileName;
    this.mimeType = init.mimeType;
    this.size = init.size;
    this.#pieces = init.pieces;
    this.#close = init.close;
  }

  /**
   * The content, piece by piece.
   *
   * @throws {@link ResponseReadError} when the connection breaks and cannot be taken up again, {@link ValidationError} when
   * it was read or cancelled before.
   *
   * @example
   * ```ts
   * for await (const piece of await wasend.media.download(message)) console.log(piece.length);
   * ```
   */
  [Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    return this.#take();
  }

  /**
   * The content as a web stream.
   *
   * @example
   * ```ts
   * const response = new Response((await wasend.media.download(message)).stream());
   * ```
   */
  stream(): ReadableStream<Uint8Array> {
    const pieces = this.#take();
    return new ReadableStream(
      {
        async pull(controller) {
          const { done, value } = await pieces.next();
          if (done === true) controller.close();
          else controller.enqueue(value);
        },
        cancel: () => this.cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  /**
   * The whole content in memory.
   *
   * @example
   * ```ts
   * const bytes = await (await wasend.media.download(message)).bytes();
   * ```
   */
  bytes(): Promise<Uint8Array> {
    return this.#whole();
  }

  /**
   * The whole content in memory, as an ArrayBuffer.
   *
   * @example
   * ```ts
   * const buffer = await (await wasend.media.download(message)).arrayBuffer();
   * ```
   */
  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#whole()).buffer;
  }

  /**
   * The whole content in memory, as a File with its name and type.
   *
   * @example
   * ```ts
   * const form = new FormData();
   * form.append("upload", await (await wasend.media.download(message)).file());
   * ```
   */
  async file(): Promise<File> {
    return new File([await this.#whole()], this.fileName, { type: this.mimeType });
  }

  /**
   * Drops what has not been read. Needed only when it is not read to its end.
   *
   * @example
   * ```ts
   * const file = await wasend.media.download(message);
   * if (!file.mimeType.startsWith("image/")) await file.cancel();
   * ```
   */
  async cancel(): Promise<void> {
    this.#isTaken = true;
    // A generator that was never asked for anything does not run to its end when it is told to return.
    this.#close();
    await this.#pieces.return(undefined);
  }

  /** What was read before would only give the rest, or an empty file. */
  #take(): AsyncGenerator<Uint8Array> {
    if (this.#isTaken) {
      const message = "was read or cancelled before, and can be read once only: load it again";
      throw new ValidationError("media.download", [{ path: "", message }]);
    }
    this.#isTaken = true;
    return this.#pieces;
  }

  /** TypeScript before 5.7 knows no array of a certain buffer, so it must not show in the declarations. */
  async #whole(): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of this.#take()) {
      parts.push(part);
      size += part.length;
    }
    return joined(parts, size);
  }
}

/** The first pieces of a file, to see what it is, and all its pieces again from the start. */
export async function peek(
  pieces: AsyncGenerator<Uint8Array>,
  wanted: number,
): Promise<{ head: Uint8Array; all: AsyncGenerator<Uint8Array> }> {
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < wanted) {
    const { done, value } = await pieces.next();
    if (done === true) break;
    first.push(value);
    length += value.length;
  }
  return { head: joined(first, length), all: oneAfterTheOther(first, pieces) };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

async function* oneAfterTheOther(
  first: Uint8Array[],
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** As much of a file as has come, for the sniffers: what lies further back is not there. */
export function headSource(head: Uint8Array, size: number | undefined): ByteSource {
  return {
    size: Math.max(size ?? 0, head.length),
    read: (start, end) => head.subarray(Math.min(start, head.length), Math.min(end, head.length)),
  };
}
