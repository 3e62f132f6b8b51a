import { isAt } from "./bytes.js";
import { type Sniffed, typeOfName } from "./media-info.js";

/** Text holds tabs, line ends, form feeds and escapes, but no other control characters. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;

/** Types that are text underneath: for these alone the name may say more than the content does. */
const NAMED_TEXTS = new Set(["text/csv", "text/html", "text/calendar", "application/json"]);

/** Plain text and cards; `isWhole` says that the head is the whole file. */
export function sniffText(head: Uint8Array, isWhole: boolean, name: string | undefined): Sniffed | undefined {
  if (isAt(head, 0, "\xff\xfe") || isAt(head, 0, "\xfe\xff")) return { mimeType: "text/plain" };
  const text = utf8(head, isWhole);
  if (text === undefined || text === "" || CONTROL.test(text)) return undefined;
  if (/^\s*BEGIN:VCARD\b/i.test(text)) return { mimeType: "text/vcard" };
  const named = name === undefined ? undefined : typeOfName(name);
  return { mimeType: named !== undefined && NAMED_TEXTS.has(named) ? named : "text/plain" };
}

function utf8(bytes: Uint8Array, isWhole: boolean): string | undefined {
  try {
    // A head may end in the middle of a character: `stream` lets that pass.
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !isWhole });
  } catch {
    return undefined;
  }
}
