import { Content } from "../contract/content.js";
import { ValidationError } from "../errors/index.js";
import { describeThrown } from "../logger.js";
import { type ByteSource, blobSource } from "./byte-source.js";
import { bytes } from "./limits.js";

/** What a stream factory may give. */
export type StreamLike = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** Makes a new stream of the same bytes each time. It is called once for each call, and read into memory. */
export type StreamFactory = () => StreamLike | Promise<StreamLike>;

const ONCE =
  "is a stream, which can be read only once, so that a repeat would send nothing: pass a function that makes it (() => stream), the bytes, a Blob, or fileFromPath(path) from @wasend/sdk/node";

/** Whether `data` has to be waited for before anything else can be said about it. */
export function isAsyncData(data: unknown): data is Blob | StreamFactory {
  return data instanceof Blob || typeof data === "function";
}

/** Says why `data` cannot be sent at all, where a person would wonder. */
export function refuseOneShot(operation: string, data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  if (data instanceof Uint8Array || data instanceof ArrayBuffer || data instanceof Blob) return;
  if (data instanceof ReadableStream || Symbol.asyncIterator in data)
    throw new ValidationError(operation, [{ path: "data", message: ONCE }]);
  if ("then" in data)
    throw new ValidationError(operation, [{ path: "data", message: "is a promise: await it first" }]);
}

/** Reads what must be read to send it; a Blob stays where it is. `most` bytes are as much as could be sent. */
export async function openSource(
  operation: string,
  data: Blob | StreamFactory,
  most: number,
): Promise<ByteSource> {
  if (data instanceof Blob) return blobSource(data);
  try {
    return blobSource(await collect(await data(), most));
  } catch (error) {
    const message =
      error instanceof TooMuch
        ? `has more than ${bytes(most)}, the most that can be sent: send it by url`
        : `could not be read: ${describeThrown(error)}`;
    throw new ValidationError(operation, [{ path: "data", message }]);
  }
}

/** {@link openSource}, ready to go into a request. */
export async function openContent(
  operation: string,
  data: Blob | StreamFactory,
  most: number,
): Promise<Content> {
  const source = await openSource(operation, data, most);
  return contentOf(operation, source);
}

/** A source as content; what cannot be read is refused before anything is sent. */
export async function contentOf(operation: string, source: ByteSource): Promise<Content> {
  try {
    return await Content.of(source);
  } catch (error) {
    throw new ValidationError(operation, [
      { path: "data", message: `could not be read: ${describeThrown(error)}` },
    ]);
  }
}

class TooMuch extends Error {}

async function collect(stream: StreamLike, most: number): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of iterate(stream)) {
    if (!(part instanceof Uint8Array)) throw new TypeError("the stream must give Uint8Arrays");
    size += part.length;
    if (size > most) throw new TooMuch();
    parts.push(part as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts);
}

/** Not every runtime can iterate its own streams. */
async function* iterate(stream: StreamLike): AsyncGenerator<unknown> {
  if (Symbol.asyncIterator in stream) return yield* stream;
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
