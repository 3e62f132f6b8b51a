import type { ByteSource } from "./byte-source.js";
import { findLast, isAt, little } from "./bytes.js";
import type { Sniffed } from "./media-info.js";

/** Opus counts its samples at this rate, whatever the recording's own. */
const OPUS_RATE = 48_000;
/** The largest page there is. */
const LARGEST_PAGE = 65_307;
/** A granule position of all ones says "no packet ends here". */
const NO_POSITION = 2 ** 48;

/** Ogg with Opus or Vorbis, and how long it plays: the last page says at which sample it ends. */
export async function sniffOgg(head: Uint8Array, source: ByteSource): Promise<Sniffed | undefined> {
  if (!isAt(head, 0, "OggS")) return undefined;
  const packet = 27 + little(head, 26, 1);
  if (isAt(head, packet, "OpusHead")) {
    const skipped = little(head, packet + 10, 2);
    return timed("audio/ogg; codecs=opus", "opus", OPUS_RATE, await lastPosition(head, source), skipped);
  }
  if (isAt(head, packet, "\x01vorbis")) {
    const rate = little(head, packet + 12, 4);
    return timed("audio/ogg", "vorbis", rate, await lastPosition(head, source), 0);
  }
  if (isAt(head, packet, "\x80theora")) return { mimeType: "video/ogg" };
  return { mimeType: "audio/ogg" };
}

function timed(
  mimeType: string,
  codec: string,
  rate: number,
  position: number | undefined,
  skipped: number,
): Sniffed {
  if (position === undefined || rate === 0) return { mimeType, codec };
  return { mimeType, codec, duration: Math.max(0, position - skipped) / rate };
}

async function lastPosition(head: Uint8Array, source: ByteSource): Promise<number | undefined> {
  const serial = little(head, 14, 4);
  let tail = await source.read(Math.max(0, source.size - LARGEST_PAGE), source.size);
  for (let at = findLast(tail, "OggS"); at !== -1; at = findLast(tail, "OggS")) {
    const position = little(tail, at + 6, 6);
    const isWhole = at + 27 <= tail.length && little(tail, at + 12, 2) === 0;
    if (isWhole && little(tail, at + 14, 4) === serial && position < NO_POSITION - 1) return position;
    tail = tail.subarray(0, at);
  }
  return undefined;
}
