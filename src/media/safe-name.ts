/** What no file system shall see: separators, what Windows reserves, control characters. */
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*]/g;
/** Marks that turn the direction of what follows, or cannot be seen: they make `gpj.exe` look like `exe.jpg`. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Devices on Windows, with any ending, and with blanks before it. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;
/** Bytes: file systems take 255, and a number and a temporary ending must fit as well. */
const LONGEST = 200;

/**
 * A name that a stranger gave, as one that is safe in a folder: one segment, visible, of moderate length. Never empty.
 */
export function safeName(name: string, fallback = "file"): string {
  const last = name.normalize("NFC").split(/[/\\]/).pop() ?? "";
  // A half of a surrogate pair has no bytes in UTF-8.
  const whole = last.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  const clean = trim(whole.replace(INVISIBLE, "").replace(FORBIDDEN, "_"));
  const named = clean === "" || /^_+$/.test(clean) ? fallback : clean;
  return shorten(DEVICE.test(named) ? `_${named}` : named);
}

const encoder = new TextEncoder();

/** Hidden files begin with a dot; Windows drops dots and spaces at the end, and then it is another name. */
function trim(name: string): string {
  return name.replace(/^[.\s]+/, "").replace(/[.\s]+$/, "");
}

function shorten(name: string): string {
  if (byteLength(name) <= LONGEST) return name;
  const extension = /\.[^.\s]{1,16}$/.exec(name)?.[0] ?? "";
  let room = LONGEST - byteLength(extension);
  let base = "";
  for (const char of name.slice(0, name.length - extension.length)) {
    room -= byteLength(char);
    if (room < 0) break;
    base += char;
  }
  return trim(base) + extension;
}

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
