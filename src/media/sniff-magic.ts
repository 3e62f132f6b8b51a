import { find, isAt, latin1, little } from "./bytes.js";
import type { Sniffed } from "./media-info.js";

/** First bytes that settle a type by themselves. */
const MAGIC: readonly (readonly [string, string])[] = [
  ["\xff\xd8\xff", "image/jpeg"],
  ["\x89PNG\r\n\x1a\n", "image/png"],
  ["GIF87a", "image/gif"],
  ["GIF89a", "image/gif"],
  ["#!AMR-WB\n", "audio/amr-wb"],
  ["#!AMR\n", "audio/amr"],
];

/** PDF readers accept some bytes before the mark. */
const PDF_MARK_WITHIN = 1_024;

/** Formats whose first bytes tell everything. */
export function sniffMagic(head: Uint8Array): Sniffed | undefined {
  for (const [magic, mimeType] of MAGIC) if (isAt(head, 0, magic)) return { mimeType };
  if (isAt(head, 0, "RIFF")) return sniffRiff(head);
  if (isAt(head, 0, "\x1aE\xdf\xa3")) return sniffMatroska(head);
  if (isAt(head, 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return sniffOle(head);
  return undefined;
}

/** The mark need not come first, so this is asked late. In the middle of a line a text only speaks of it. */
export function sniffPdf(head: Uint8Array): Sniffed | undefined {
  const isMark = /(?:^|[\r\n\0])%PDF-\d/.test(latin1(head, 0, PDF_MARK_WITHIN));
  return isMark ? { mimeType: "application/pdf" } : undefined;
}

const ANIMATION_FLAG = 2;

function sniffRiff(head: Uint8Array): Sniffed | undefined {
  if (isAt(head, 8, "WAVE")) return { mimeType: "audio/wav" };
  if (!isAt(head, 8, "WEBP")) return undefined;
  const animated = isAt(head, 12, "VP8X") && (little(head, 20, 1) & ANIMATION_FLAG) !== 0;
  return { mimeType: "image/webp", animated };
}

/** The codec ids are plain text near the start: `V_VP8`, `A_OPUS`. */
function sniffMatroska(head: Uint8Array): Sniffed {
  const isWebm = find(head.subarray(0, 64), "webm") !== -1;
  if (!isWebm) return { mimeType: "video/x-matroska" };
  const onlySound = find(head, "A_") !== -1 && find(head, "V_") === -1;
  return { mimeType: onlySound ? "audio/webm" : "video/webm" };
}

/** The names of the streams inside are UTF-16. */
const OLE_STREAMS: readonly (readonly [string, string])[] = [
  ["W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "application/msword"],
  ["W\0o\0r\0k\0b\0o\0o\0k\0", "application/vnd.ms-excel"],
  ["P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0", "application/vnd.ms-powerpoint"],
];

function sniffOle(head: Uint8Array): Sniffed {
  const found = OLE_STREAMS.find(([name]) => find(head, name) !== -1);
  return { mimeType: found?.[1] ?? "application/x-ole-storage" };
}
