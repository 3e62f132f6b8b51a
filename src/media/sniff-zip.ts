import type { ByteSource } from "./byte-source.js";
import { findLast, isAt, latin1, little } from "./bytes.js";
import type { Sniffed } from "./media-info.js";

const OFFICE = "application/vnd.openxmlformats-officedocument";

/** Folders that tell the Office formats apart. */
const OFFICE_FOLDERS: readonly (readonly [string, string])[] = [
  ["word/", `${OFFICE}.wordprocessingml.document`],
  ["xl/", `${OFFICE}.spreadsheetml.sheet`],
  ["ppt/", `${OFFICE}.presentationml.presentation`],
];

/** The archive's index ends with a record of 22 bytes and a comment of at most 65,535. */
const END_WITHIN = 65_557;
/** An index is read up to here; what tells the formats apart comes early in it. */
const INDEX_BYTES = 1_048_576;

/** ZIP, and what is one underneath: Office and OpenDocument. */
export async function sniffZip(head: Uint8Array, source: ByteSource): Promise<Sniffed | undefined> {
  if (!isAt(head, 0, "PK\x03\x04") && !isAt(head, 0, "PK\x05\x06")) return undefined;
  const openDocument = openDocumentType(head);
  if (openDocument !== undefined) return { mimeType: openDocument };
  const names = await entryNames(source);
  const isOffice = names.includes("[Content_Types].xml");
  const found = OFFICE_FOLDERS.find(([folder]) => names.some((name) => name.startsWith(folder)));
  return { mimeType: isOffice && found !== undefined ? found[1] : "application/zip" };
}

/** Their first entry is a bare text, the type itself. */
function openDocumentType(head: Uint8Array): string | undefined {
  if (!isAt(head, 30, "mimetype")) return undefined;
  const type = latin1(head, 38, 38 + Math.min(100, little(head, 18, 4)));
  return /^application\/[\w.+-]+$/.test(type) ? type : undefined;
}

async function entryNames(source: ByteSource): Promise<string[]> {
  const tail = await source.read(Math.max(0, source.size - END_WITHIN), source.size);
  const end = findLast(tail, "PK\x05\x06");
  if (end === -1) return [];
  const start = little(tail, end + 16, 4);
  const index = await source.read(start, Math.min(source.size, start + INDEX_BYTES));
  const names: string[] = [];
  for (let at = 0; isAt(index, at, "PK\x01\x02"); ) {
    const nameLength = little(index, at + 28, 2);
    names.push(latin1(index, at + 46, at + 46 + nameLength));
    at += 46 + nameLength + little(index, at + 30, 2) + little(index, at + 32, 2);
  }
  return names;
}
