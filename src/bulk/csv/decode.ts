import { ConfigurationError } from "../../errors/index.js";

/** Text, or bytes in pieces, as a file or a network gives them. */
export type CsvChunks = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Decoded text, and what it was decoded from. */
export interface DecodedText {
  chunks: AsyncGenerator<string, void, undefined>;
  /** Known once the first chunk has come; `windows-1252` may only show later. */
  encoding(): string;
}

const REPLACEMENT = "\ufffd";
/** What bytes 0x80 to 0x9f are in Windows-1252. Node 20 leaves them as the control characters of Latin-1. */
const WINDOWS_1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/**
 * Decodes bytes: by their byte order mark, else as the two forms of UTF-16 that show in the first bytes, else as UTF-8,
 * and from the first byte on that cannot be UTF-8, as Windows-1252 (until there all was ASCII, which is the same in
 * both). A file with both sound and broken UTF-8 stays UTF-8; what is broken becomes U+FFFD.
 */
export function decodeText(source: CsvChunks, encoding?: string): DecodedText {
  let known = encoding;
  async function* decoded(): AsyncGenerator<string, void, undefined> {
    let decode: ((bytes: Uint8Array, last: boolean) => string) | undefined;
    let first = true;
    let head: Uint8Array = new Uint8Array();
    for await (const chunk of source) {
      if (typeof chunk === "string") {
        known ??= "text";
        yield first ? withoutMark(chunk) : chunk;
        first = false;
        continue;
      }
      const bytes = head.length === 0 ? chunk : joined(head, chunk);
      head = new Uint8Array();
      if (decode === undefined) {
        if (bytes.length < 4) {
          head = bytes.slice();
          continue;
        }
        decode = begin(bytes);
      }
      const text = decode(bytes, false);
      yield first ? withoutMark(text) : text;
      if (text !== "") first = false;
    }
    if (decode === undefined && head.length > 0) decode = begin(head);
    if (decode === undefined) return;
    const rest = decode(head, true);
    yield first ? withoutMark(rest) : rest;
  }
  function begin(bytes: Uint8Array): (bytes: Uint8Array, last: boolean) => string {
    known ??= encodingOf(bytes);
    if (known !== undefined) return streamDecoder(known);
    known = "utf-8";
    return utf8OrWindows(() => {
      known = "windows-1252";
    });
  }
  return { chunks: decoded(), encoding: () => known ?? "utf-8" };
}

function encodingOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return "utf-16le";
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return "utf-16be";
  return undefined;
}

function streamDecoder(encoding: string): (bytes: Uint8Array, last: boolean) => string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding);
  } catch (cause) {
    const example = 'such as "utf-8", "utf-16le", "windows-1252" or "shift_jis"';
    throw new ConfigurationError(`csv: this runtime knows no encoding of that name; give one ${example}.`, {
      cause,
    });
  }
  const windows = decoder.encoding === "windows-1252";
  return (bytes, last) => {
    const text = decoder.decode(bytes, { stream: !last });
    return windows ? withWindowsSigns(text) : text;
  };
}

/** UTF-8 that turns into Windows-1252 at the first chunk which cannot be UTF-8. */
function utf8OrWindows(turned: () => void): (bytes: Uint8Array, last: boolean) => string {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let carried: Uint8Array = new Uint8Array();
  let onlyAscii = true;
  let settled: ((bytes: Uint8Array, last: boolean) => string) | undefined;
  return (chunk, last) => {
    if (settled !== undefined) return settled(chunk, last);
    const bytes = carried.length === 0 ? chunk : joined(carried, chunk);
    const end = last ? bytes.length : bytes.length - unfinished(bytes);
    carried = bytes.slice(end);
    const whole = bytes.subarray(0, end);
    try {
      const text = strict.decode(whole);
      if (text.length !== whole.length) onlyAscii = false;
      return text;
    } catch {
      // Only what stands before the first broken byte decides: how the bytes were cut into pieces must not.
      const [sound = ""] = new TextDecoder("utf-8").decode(whole).split(REPLACEMENT, 1);
      const isUtf8 = !onlyAscii || /[^\0-\x7f]/.test(sound);
      settled = streamDecoder(isUtf8 ? "utf-8" : "windows-1252");
      if (!isUtf8) turned();
      carried = new Uint8Array();
      return settled(bytes, last);
    }
  };
}

/** How many bytes at the end begin a character whose rest has not come. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

function withWindowsSigns(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (sign) => WINDOWS_1252[sign.charCodeAt(0) - 0x80]!);
}

function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
