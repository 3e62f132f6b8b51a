import type { ByteSource } from "./byte-source.js";
import { extensionOf, kindOf, type MediaInfo, type Sniffed, UNKNOWN_TYPE } from "./media-info.js";
import { sniffIso } from "./sniff-iso.js";
import { sniffMagic, sniffPdf } from "./sniff-magic.js";
import { sniffOgg } from "./sniff-ogg.js";
import { sniffSound } from "./sniff-sound.js";
import { sniffText } from "./sniff-text.js";
import { sniffZip } from "./sniff-zip.js";

/** What is read to begin with; most formats are settled by its first bytes. */
const HEAD_BYTES = 8_192;

/**
 * Says what a file is, from its content. It reads a few pieces of it, never the whole. A name only helps to tell texts
 * apart, such as CSV from plain text.
 */
export async function inspectSource(source: ByteSource, name = source.name): Promise<MediaInfo> {
  const head = await source.read(0, Math.min(source.size, HEAD_BYTES));
  const found = (await sniff(head, source, name)) ?? { mimeType: UNKNOWN_TYPE };
  return {
    kind: kindOf(found.mimeType, found.codec),
    ...found,
    extension: extensionOf(found.mimeType),
    size: source.size,
  };
}

async function sniff(
  head: Uint8Array,
  source: ByteSource,
  name: string | undefined,
): Promise<Sniffed | undefined> {
  return (
    sniffMagic(head) ??
    (await sniffOgg(head, source)) ??
    (await sniffIso(head, source)) ??
    (await sniffZip(head, source)) ??
    (await sniffSound(head, source)) ??
    sniffPdf(head) ??
    sniffText(head, head.length === source.size, name)
  );
}
