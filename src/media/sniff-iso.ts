import type { ByteSource } from "./byte-source.js";
import { big, isAt, latin1 } from "./bytes.js";
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
  ["msf1", "image/heic"],
  ["avif", "image/avif"],
  ["avis", "image/avif"],
  ...["iso", "mp4", "avc1", "dash", "cmf", "M4V", "F4V", "f4v", "MSNV", "mmp4"].map(
    (start) => [start, "video/mp4"] as const,
  ),
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

/** More boxes than this inside of one are no film. */
const MOST_BOXES = 64;

/** MP4, M4A, 3GP, QuickTime and their relatives: by brand, and by what is in the film's index. */
export async function sniffIso(head: Uint8Array, source: ByteSource): Promise<Sniffed | undefined> {
  const hasBrand = isAt(head, 4, "ftyp");
  const isOld = !hasBrand && OLD_QUICKTIME.some((name) => isAt(head, 4, name)) && big(head, 0, 4) >= 8;
  if (!hasBrand && !isOld) return undefined;
  const brand = hasBrand ? latin1(head, 8, 12) : "qt  ";
  const mimeType = BRANDS.find(([start]) => brand.startsWith(start))?.[1];
  if (mimeType?.startsWith("image/")) return { mimeType };

  const tracks = await tracksOf(source);
  // Without an index and a brand nothing but four letters speaks for a film.
  if (tracks === undefined) return isOld || mimeType === undefined ? undefined : { mimeType };
  const picture = tracks.find(({ handler }) => handler === "vide");
  if (picture !== undefined) {
    const codec = CODECS.find(([name]) => name === picture.format)?.[1];
    return { mimeType: mimeType ?? "video/mp4", ...(codec !== undefined && { codec }) };
  }
  if (tracks.some(({ handler }) => handler === "soun")) return { mimeType: "audio/mp4" };
  return mimeType === undefined ? undefined : { mimeType };
}

/** What one track is, and how it is written. */
interface Track {
  handler: string;
  format: string;
}

interface Box {
  type: string;
  /** Where its content starts. */
  start: number;
  end: number;
}

/** The tracks in a film's index; `undefined` without one. Hops from box to box, for tables and titles may lie between. */
async function tracksOf(source: ByteSource): Promise<Track[] | undefined> {
  const index = await inside(source, { type: "", start: 0, end: source.size }, "moov");
  if (index === undefined) return undefined;
  const tracks: Track[] = [];
  for await (const box of boxesIn(source, index)) {
    const media = box.type === "trak" ? await inside(source, box, "mdia") : undefined;
    const handler = media && (await inside(source, media, "hdlr"));
    if (handler === undefined) continue;
    const formats = await inside(source, media, "minf", "stbl", "stsd");
    tracks.push({
      handler: latin1(await source.read(handler.start + 8, handler.start + 12)),
      format: formats === undefined ? "" : latin1(await source.read(formats.start + 12, formats.start + 16)),
    });
  }
  return tracks;
}

async function inside(
  source: ByteSource,
  outer: Box | undefined,
  ...path: string[]
): Promise<Box | undefined> {
  const [name, ...rest] = path;
  if (outer === undefined || name === undefined) return outer;
  for await (const box of boxesIn(source, outer)) if (box.type === name) return inside(source, box, ...rest);
  return undefined;
}

async function* boxesIn(source: ByteSource, outer: Box): AsyncGenerator<Box> {
  let at = outer.start;
  for (let count = 0; count < MOST_BOXES && at + 8 <= outer.end; count += 1) {
    const header = await source.read(at, Math.min(source.size, at + 16));
    const short = big(header, 0, 4);
    const size = short === 1 ? big(header, 10, 6) : short;
    if (header.length < 8 || size < 8) return;
    yield {
      type: latin1(header, 4, 8),
      start: at + (short === 1 ? 16 : 8),
      end: Math.min(at + size, outer.end),
    };
    at += size;
  }
}
