/** What a file is to WhatsApp. `voice` is Ogg with Opus, the only thing it plays as a voice note. */
export type MediaKind = "image" | "video" | "voice" | "audio" | "document";

/**
 * What a file's content says about it.
 *
 * @example
 * ```ts
 * const { kind, mimeType, duration } = await wasend.media.inspect(bytes);
 * ```
 */
export interface MediaInfo {
  /** What it is to WhatsApp. */
  kind: MediaKind;
  /** Its type, such as `image/jpeg`; `application/octet-stream` when nothing is recognised. */
  mimeType: string;
  /** The usual ending of a name for it, without the dot: `jpg`; `bin` when nothing is recognised. */
  extension: string;
  /** In bytes. */
  size: number;
  /** Seconds, for Ogg. */
  duration?: number;
  /** What is inside the container, where that matters: `opus`, `vorbis`, `h264`, `hevc`, `vp9`, `av1`. */
  codec?: string;
  /** Whether it moves: WebP only. */
  animated?: boolean;
}

/** What one format's reader finds. */
export type Sniffed = Pick<MediaInfo, "mimeType"> & Pick<MediaInfo, "duration" | "codec" | "animated">;

/** The usual name ending of each type that is recognised, and of some that only names tell. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/heic": "heic",
  "image/avif": "avif",
  "video/mp4": "mp4",
  "video/3gpp": "3gp",
  "video/quicktime": "mov",
  "video/webm": "webm",
  "video/x-matroska": "mkv",
  "audio/ogg": "ogg",
  "audio/mpeg": "mp3",
  "audio/aac": "aac",
  "audio/amr": "amr",
  "audio/amr-wb": "awb",
  "audio/mp4": "m4a",
  "audio/wav": "wav",
  "audio/webm": "weba",
  "application/pdf": "pdf",
  "application/zip": "zip",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.oasis.opendocument.presentation": "odp",
  "application/msword": "doc",
  "application/vnd.ms-excel": "xls",
  "application/vnd.ms-powerpoint": "ppt",
  "text/plain": "txt",
  "text/vcard": "vcf",
  "text/csv": "csv",
  "text/html": "html",
  "text/calendar": "ics",
  "application/json": "json",
};

const OTHER_EXTENSIONS: Readonly<Record<string, string>> = {
  jpeg: "image/jpeg",
  m4v: "video/mp4",
  "3gpp": "video/3gpp",
  oga: "audio/ogg",
  opus: "audio/ogg",
  htm: "text/html",
};

/** `application/octet-stream` for what nothing is known about. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** The usual name ending of a type, without the dot. Parameters of the type do not matter. */
export function extensionOf(mimeType: string): string {
  return own(EXTENSIONS, bareType(mimeType)) ?? "bin";
}

/** The type that a name's ending stands for. */
export function typeOfName(name: string): string | undefined {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return undefined;
  const found = Object.entries(EXTENSIONS).find(([, known]) => known === extension);
  return found?.[0] ?? own(OTHER_EXTENSIONS, extension);
}

/** A type without its parameters, in lower case. */
export function bareType(mimeType: string): string {
  return (mimeType.split(";")[0] ?? "").trim().toLowerCase();
}

/** What a type is to WhatsApp, when nothing but the type is known: an Ogg counts as voice only if it says Opus. */
export function kindOf(mimeType: string, codec?: string): MediaKind {
  const type = bareType(mimeType);
  if (type === "audio/ogg" && (codec ?? mimeType).includes("opus")) return "voice";
  const family = type.split("/")[0];
  return family === "image" || family === "video" || family === "audio" ? family : "document";
}

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
