import { checkBase64, NO_DATA } from "../contract/base64.js";
import { Content } from "../contract/content.js";
import { ValidationError } from "../errors/index.js";
import type { Cancellation } from "../http/transport.js";
import { describeThrown } from "../logger.js";
import { type ByteSource, base64Source, blobSource, bytesSource } from "./byte-source.js";
import { bytes } from "./limit-issues.js";

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

/** Any data, ready to be read. A Blob stays where it is; of a stream at most `most` bytes are read. */
export async function openSource(
  operation: string,
  data: unknown,
  most: number,
  cancellation?: Cancellation,
): Promise<ByteSource> {
  refuseOneShot(operation, data);
  if (data instanceof Blob) return blobSource(data);
  if (data instanceof Uint8Array || data instanceof ArrayBuffer) return bytesSource(data);
  if (typeof data === "function")
    return reading(operation, collect(data as StreamFactory, most, cancellation).then(blobSource));
  const base64 = typeof data === "string" ? checkBase64(data) : { wrong: NO_DATA };
  if ("wrong" in base64) throw new ValidationError(operation, [{ path: "data", message: base64.wrong }]);
  return base64Source(base64.value);
}

/** {@link openSource}, ready to go into a request. */
export async function openContent(
  operation: string,
  data: unknown,
  most: number,
  cancellation: Cancellation,
): Promise<Content> {
  return reading(operation, Content.of(await openSource(operation, data, most, cancellation)));
}

/** What cannot be read is refused before anything is sent, whoever failed. */
export async function reading<T>(operation: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const message =
      error instanceof TooMuch
        ? `has more than ${error.message}, the most that can be sent: send it by url`
        : `could not be read: ${describeThrown(error)}`;
    throw new ValidationError(operation, [{ path: "data", message }]);
  }
}

class TooMuch extends Error {}

async function collect(
  factory: StreamFactory,
  most: number,
  cancellation: Cancellation | undefined,
): Promise<Blob> {
  const { next, stop } = piecesOf(await factory());
  cancellation?.listen(stop);
  // The factory took its time, and the call is over.
  if (cancellation?.isCancelled) stop();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for (let part = await next(); part.done !== true; part = await next()) {
      if (!(part.value instanceof Uint8Array)) throw new TypeError("the stream must give Uint8Arrays");
      size += part.value.length;
      if (size > most) throw new TooMuch(bytes(most));
      parts.push(part.value as Uint8Array<ArrayBuffer>);
    }
  } catch (error) {
    stop();
    throw error;
  }
  return new Blob(parts);
}

/**
 * A stream's pieces, and a way to drop what is left of them. Not every runtime can iterate its own streams, and an
 * iterator that is told to return waits for the piece that it is reading, a reader does not.
 */
function piecesOf(stream: StreamLike): { next(): Promise<IteratorResult<unknown>>; stop(): void } {
  if ("getReader" in stream) {
    const reader = stream.getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<unknown>>,
      stop: () => silently(async () => reader.cancel()),
    };
  }
  const iterator = stream[Symbol.asyncIterator]();
  return { next: () => iterator.next(), stop: () => silently(async () => iterator.return?.()) };
}

function silently(work: () => Promise<unknown>): void {
  work().catch(() => {});
}
