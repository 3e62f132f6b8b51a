/** First bytes of the formats that people send, and what they are. `....` stands for any four. */
const FIRST_BYTES: readonly (readonly [start: string, type: string])[] = [
  ["\xff\xd8\xff", "image/jpeg"],
  ["\x89PNG", "image/png"],
  ["GIF8", "image/gif"],
  ["RIFF....WEBP", "image/webp"],
  ["RIFF....WAVE", "audio/wav"],
  ["OggS", "audio/ogg"],
  ["ID3", "audio/mpeg"],
  ["\xff\xfb", "audio/mpeg"],
  ["\xff\xf3", "audio/mpeg"],
  ["\xff\xf1", "audio/aac"],
  ["#!AMR", "audio/amr"],
  ["....ftyp3g", "video/3gpp"],
  ["....ftypM4A", "audio/mp4"],
  ["....ftypqt", "video/quicktime"],
  ["....ftyp", "video/mp4"],
  ["\x1aE\xdf\xa3", "video/webm"],
  ["%PDF", "application/pdf"],
  ["PK\x03\x04", "application/zip"],
];

/** A base64 text without its prefix and line breaks. */
export const bareBase64 = (data: string): string =>
  data.replace(/^data:[^,]{0,200};base64,/, "").replace(/\s+/g, "");

/** The type that the first bytes show; `undefined` when they show none. */
export function typeOfBase64(data: string): string | undefined {
  const start = bareBase64(data.slice(0, 400)).slice(0, 24);
  if (start.length % 4 !== 0 && start.length < 24) return undefined;
  const bytes = atob(start.slice(0, start.length - (start.length % 4)));
  const fits = (pattern: string) =>
    bytes.length >= pattern.length &&
    [...pattern].every((char, i) => char === bytes[i] || pattern.slice(i - (i % 4)).startsWith("...."));
  return FIRST_BYTES.find(([pattern]) => fits(pattern))?.[1];
}
