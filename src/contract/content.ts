import { platform } from "#platform";

/** Bytes that can be read piece by piece. */
export interface PiecewiseBytes {
  readonly size: number;
  read(start: number, end: number): Uint8Array | Promise<Uint8Array>;
}

/** A multiple of three, so that the pieces' base64 can be put together. */
const PIECE_BYTES = 3 * 128 * 1_024;
/** Enough to tell what a picture is. */
const HEAD_BYTES = 32;

/**
 * A file on its way into a request's `data`. It is encoded piece by piece while it is written: a large file as one base64
 * text, and that again as one JSON text, would take several times its size.
 */
export class Content {
  /** In bytes, before base64. */
  readonly size: number;
  /** Its first bytes. */
  readonly head: Uint8Array;
  readonly #pieces: () => Iterable<string | Promise<string>>;

  private constructor(size: number, head: Uint8Array, pieces: () => Iterable<string | Promise<string>>) {
    this.size = size;
    this.head = head;
    this.#pieces = pieces;
  }

  /** Bytes in memory; they are not copied. */
  static ofBytes(bytes: Uint8Array): Content {
    const source = { size: bytes.length, read: (start: number, end: number) => bytes.subarray(start, end) };
    return new Content(bytes.length, bytes.subarray(0, HEAD_BYTES), () => encodedPieces(source));
  }

  /** Bytes from anywhere. */
  static async of(source: PiecewiseBytes): Promise<Content> {
    const head = await source.read(0, Math.min(source.size, HEAD_BYTES));
    return new Content(source.size, head, () => encodedPieces(source));
  }

  /** What is base64 already; it must have been checked. */
  static ofBase64(base64: string): Content {
    return new Content(sizeOfBase64(base64), headOfBase64(base64), () => piecesOf(base64));
  }

  /** How many characters of base64 it becomes. */
  get base64Length(): number {
    return Math.ceil(this.size / 3) * 4;
  }

  /** Its base64, piece by piece. May be asked for again. */
  pieces(): Iterable<string | Promise<string>> {
    return this.#pieces();
  }
}

/** How many bytes a base64 text stands for. */
export function sizeOfBase64(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** The first bytes that a base64 text stands for. */
export function headOfBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64.slice(0, 44)), (char) => char.charCodeAt(0)).subarray(0, HEAD_BYTES);
}

function* encodedPieces(source: PiecewiseBytes): Iterable<string | Promise<string>> {
  for (let at = 0; at < source.size; at += PIECE_BYTES) {
    const end = Math.min(source.size, at + PIECE_BYTES);
    const piece = source.read(at, end);
    yield piece instanceof Uint8Array
      ? encoded(piece, end - at)
      : piece.then((bytes) => encoded(bytes, end - at));
  }
}

/** A source that gives other than it promised would shift all that follows. */
function encoded(bytes: Uint8Array, expected: number): string {
  if (bytes.length !== expected) throw new Error("the file changed while it was being sent");
  return platform.encodeBase64(bytes);
}

function* piecesOf(base64: string): Iterable<string> {
  const step = (PIECE_BYTES / 3) * 4;
  for (let at = 0; at < base64.length; at += step) yield base64.slice(at, at + step);
}
