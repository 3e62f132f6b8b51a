import type { ValidationIssue } from "../errors/index.js";
import type { MediaLimits } from "./limits.js";

const KB = 1_024;
const MB = 1_024 * KB;

/** Which limit a file falls under, and how it is called in a sentence. */
export type SizeLimit = Exclude<keyof MediaLimits, "caption" | "text" | "body">;

const CALLED: Readonly<Record<SizeLimit, string>> = {
  image: "a picture",
  video: "a video",
  audio: "a sound",
  document: "a file",
  sticker: "a WebP picture, which WhatsApp knows as a sticker only,",
  animatedSticker: "a moving WebP picture, which WhatsApp knows as a sticker only,",
};

const REMEDY: Readonly<Record<SizeLimit, string>> = {
  image: 'make it smaller or send it as a file (media.send with as: "file")',
  video: 'make it smaller or send it as a file (media.send with as: "file")',
  audio: 'make it smaller or send it as a file (media.send with as: "file")',
  document: "split it, or send a link to it as a text",
  sticker: "make it smaller, or convert it to JPEG or PNG",
  animatedSticker: "make it smaller, or convert it to MP4",
};

/** Room for the fields around a file in the request. */
const ENVELOPE_BYTES = 8 * KB;

/** What is wrong with a file of that size, sent as `data` under that limit. */
export function sizeIssue(limit: SizeLimit, size: number, limits: MediaLimits): ValidationIssue | undefined {
  const path = "data";
  if (size === 0) return { path, message: "is empty; WhatsApp takes no files without content" };
  const most = limits[limit];
  if (size > most) {
    const message = `is ${bytes(size)}, and ${CALLED[limit]} may have ${bytes(most)} at most: ${REMEDY[limit]}, or raise mediaLimits.${limit} if your server takes more`;
    return { path, message };
  }
  const base64 = Math.ceil(size / 3) * 4;
  if (base64 + ENVELOPE_BYTES > limits.body) {
    const message = `is ${bytes(size)}, which base64 turns into ${bytes(base64)}, and a request may have ${bytes(limits.body)} at most: send it by url, or raise mediaLimits.body if your server takes more`;
    return { path, message };
  }
  return undefined;
}

/** What is wrong with a text of that length. */
export function lengthIssue(
  path: string,
  limit: "caption" | "text",
  text: string,
  limits: MediaLimits,
): ValidationIssue | undefined {
  const most = limits[limit];
  // Characters as people count them; only a text of suspicious length is counted.
  const length = text.length > most ? [...text].length : text.length;
  if (length <= most) return undefined;
  const remedy = limit === "text" ? "send it in parts" : "shorten it, or send the rest as a text";
  const message = `has ${length} characters, and ${most} are the most: ${remedy}, or raise mediaLimits.${limit} if your server takes more`;
  return { path, message };
}

/** A size for people: `6.2 MB`. */
export function bytes(count: number): string {
  if (count >= MB) return `${round(count / MB)} MB`;
  return count >= KB ? `${round(count / KB)} kB` : `${count} bytes`;
}

function round(value: number): string {
  // Never shown as the limit itself when it is just above it.
  return String(Math.ceil(value * 10) / 10);
}
