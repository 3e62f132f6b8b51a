import type { ByteSource } from "./byte-source.js";
import { big, find, isAt, latin1 } from "./bytes.js";
import type { Sniffed } from "./media-info.js";

/** Brands that settle the type, by how they begin. */
const BRANDS: readonly (readonly [string, string])[] = [
  ["3g", "video/3gpp"],
  ["qt", "video/quicktime"],
  ["M4A", "audio/mp4"],
  ["M4B", "audio/mp4"],
  ["heic", "image/heic"],
  ["heix", "image/heic"],
  ["mif1", "image/heic"],
  ["avif", "image/avif"],
];

/** Boxes that a QuickTime film of before brands may begin with. */
const OLD_QUICKTIME = ["moov", "mdat", "wide", "pnot", "skip"];

/** Names of the sample descriptions, and of the codecs that they stand for. */
const CODECS: readonly (readonly [string, string])[] = [
  ["avc1", "h264"],
  ["avc3", "h264"],
  ["hvc1", "hevc"],
  ["hev1", "hevc"],
  ["vp09", "vp9"],
  ["av01", "av1"],
  ["mp4v", "mpeg4"],
  ["s263", "h263"],
];

/** A film's index is read up to here: its descriptions come early in it. */
const INDEX_BYTES = 262_144;
/** More boxes than this on the way to the index are no film. */
const MOST_BOXES = 64;

/** MP4, M4A, 3GP, QuickTime and their relatives: by brand, and by what is in the film's index. */
export async function sniffIso(head: Uint8Array, source: ByteSource): Promise<Sniffed | undefined> {
  const hasBrand = isAt(head, 4, "ftyp");
  const isOld = !hasBrand && OLD_QUICKTIME.some((name) => isAt(head, 4, name)) && big(head, 0, 4) >= 8;
  if (!hasBrand && !isOld) return undefined;
  const brand = hasBrand ? latin1(head, 8, 12) : "qt  ";
  const mimeType = BRANDS.find(([start]) => brand.startsWith(start))?.[1] ?? "video/mp4";
  if (mimeType.startsWith("image/")) return { mimeType };

  const index = await filmIndex(source);
  // Without an index and a brand nothing but four letters speaks for a film.
  if (index === undefined) return isOld ? undefined : { mimeType };
  const hasPicture = find(index, "vide") !== -1;
  if (!hasPicture && find(index, "soun") !== -1) return { mimeType: "audio/mp4" };
  const codec = CODECS.find(([name]) => find(index, name) !== -1)?.[1];
  return hasPicture && codec !== undefined ? { mimeType, codec } : { mimeType };
}

/** Hops from box to box to the one named `moov`. */
async function filmIndex(source: ByteSource): Promise<Uint8Array | undefined> {
  let at = 0;
  for (let boxes = 0; boxes < MOST_BOXES && at + 8 <= source.size; boxes += 1) {
    const header = await source.read(at, at + 16);
    if (isAt(header, 4, "moov")) return source.read(at, Math.min(source.size, at + INDEX_BYTES));
    const short = big(header, 0, 4);
    const size = short === 1 ? big(header, 10, 6) : short;
    if (size < 8) return undefined;
    at += size;
  }
  return undefined;
}
