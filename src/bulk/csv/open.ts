import { ValidationError } from "../../errors/index.js";
import type { CsvChunks } from "./decode.js";
import type { CsvInput } from "./options.js";

const PIECE = 1 << 16;

/** Streams that have been read; the same one again would give nothing. */
const spent = new WeakSet<object>();

/** A function that opens the input from its beginning, as often as one likes. */
export function opener(input: CsvInput): () => Promise<CsvChunks> {
  if (typeof input === "string") return async () => pieces(input, (from, to) => input.slice(from, to));
  if (input instanceof Uint8Array) return async () => pieces(input, (from, to) => input.subarray(from, to));
  if (typeof input === "object" && input !== null && typeof input.stream === "function")
    return async () => read(input.stream());
  if (typeof input !== "function")
    throw refuse("must be text, bytes, a Blob, or a function that opens a stream anew");
  return async () => {
    const stream: unknown = await input();
    if (typeof stream === "string") return pieces(stream, (from, to) => stream.slice(from, to));
    if (typeof stream !== "object" || stream === null)
      throw refuse("is a function, which must give a stream");
    if (spent.has(stream))
      throw refuse("is a function that gave the same stream again; it must open a new one");
    spent.add(stream);
    return stream instanceof ReadableStream ? read(stream) : (stream as CsvChunks);
  };
}

function* pieces<T extends { length: number }>(whole: T, cut: (from: number, to: number) => T): Generator<T> {
  for (let at = 0; at < whole.length; at += PIECE) yield cut(at, at + PIECE);
}

/** Not every runtime can iterate over its own streams. */
async function* read<T>(stream: ReadableStream<T>): AsyncGenerator<T, void, undefined> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

function refuse(message: string): ValidationError {
  return new ValidationError("csv", [{ path: "input", message }]);
}
