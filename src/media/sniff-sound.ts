import type { ByteSource } from "./byte-source.js";
import { isAt } from "./bytes.js";
import type { Sniffed } from "./media-info.js";

/** MP3 and AAC are bare frames with two bytes of mark; one frame proves nothing, so the next must follow where it should. */
export async function sniffSound(head: Uint8Array, source: ByteSource): Promise<Sniffed | undefined> {
  if (isTag(head)) {
    const start = tagLength(head);
    const frames = await source.read(start, start + 8_192);
    // Some writers pad with zeros beyond the tag's own length.
    const first = frames.findIndex((byte) => byte !== 0);
    const sound = first === -1 ? undefined : sniffFrames(frames.subarray(first), false);
    return sound ?? { mimeType: "audio/mpeg" };
  }
  return sniffFrames(head, true);
}

/** The three letters alone could begin a text: a version that there is follows, and a length in bytes below 128. */
function isTag(head: Uint8Array): boolean {
  const [version = 0, revision = 0, , ...length] = head.subarray(3, 10);
  return isAt(head, 0, "ID3") && version <= 4 && revision !== 0xff && length.every((byte) => byte < 0x80);
}

/** ID3 writes its length with seven bits a byte. */
function tagLength(head: Uint8Array): number {
  const part = (at: number) => (head[at] ?? 0) & 0x7f;
  return 10 + part(6) * 2_097_152 + part(7) * 16_384 + part(8) * 128 + part(9);
}

function sniffFrames(bytes: Uint8Array, needsNext: boolean): Sniffed | undefined {
  for (const [mimeType, length] of [
    ["audio/aac", adtsLength],
    ["audio/mpeg", mp3Length],
  ] as const) {
    const first = length(bytes, 0);
    if (first === 0) continue;
    const isLast = first === bytes.length;
    if (!needsNext || isLast || length(bytes, first) > 0) return { mimeType };
  }
  return undefined;
}

/** Length of the AAC frame that begins there; 0 if none does. */
function adtsLength(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes.subarray(at, at + 6);
  if (a !== 0xff || (b & 0xf6) !== 0xf0 || ((c >> 2) & 15) > 12) return 0;
  const length = ((d & 3) << 11) | (e << 3) | (f >> 5);
  return length > 7 ? length : 0;
}

/** Kilobits a second by the frame's own number, for layer III of MPEG 1, and of MPEG 2 and 2.5. */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const SAMPLE_RATES = [44_100, 48_000, 32_000, 0];

/** Length of the layer III frame that begins there; 0 if none does. */
function mp3Length(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
  const version = (b >> 3) & 3;
  const isLayer3 = a === 0xff && (b & 0xe0) === 0xe0 && version !== 1 && ((b >> 1) & 3) === 1;
  if (!isLayer3) return 0;
  const isFirst = version === 3;
  const rate = (isFirst ? RATES_1 : RATES_2)[c >> 4] ?? 0;
  const samples = (SAMPLE_RATES[(c >> 2) & 3] ?? 0) / (isFirst ? 1 : version === 2 ? 2 : 4);
  if (rate === 0 || samples === 0) return 0;
  return Math.floor(((isFirst ? 144 : 72) * rate * 1_000) / samples) + ((c >> 1) & 1);
}
