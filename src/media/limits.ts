import { ConfigurationError, type ValidationIssue } from "../errors/index.js";

/**
 * How large things may be. The sizes of files are WhatsApp's own (bytes); gateways differ, so each can be overridden.
 *
 * @example
 * ```ts
 * const wasend = new Wasend({ mediaLimits: { image: 16 * 1024 * 1024 } });
 * ```
 */
export interface MediaLimits {
  /** Bytes of a picture. Default: 5 MB. */
  image: number;
  /** Bytes of a video. Default: 16 MB. */
  video: number;
  /** Bytes of a voice note or a sound. Default: 16 MB. */
  audio: number;
  /** Bytes of a file. Default: 100 MB. */
  document: number;
  /** Bytes of a WebP that stands still; WhatsApp knows WebP as stickers only. Default: 100 kB. */
  sticker: number;
  /** Bytes of a WebP that moves. Default: 500 kB. */
  animatedSticker: number;
  /** Characters below a file. Default: 1,024. */
  caption: number;
  /** Characters of a text. Default: 4,096. */
  text: number;
  /** Bytes of a whole request. A file as `data` grows by a third on its way into it. Default: 50 MB. */
  body: number;
}

const KB = 1_024;
const MB = 1_024 * KB;

/** The limits of a client that sets none. */
export const DEFAULT_LIMITS: Readonly<MediaLimits> = {
  image: 5 * MB,
  video: 16 * MB,
  audio: 16 * MB,
  document: 100 * MB,
  sticker: 100 * KB,
  animatedSticker: 500 * KB,
  caption: 1_024,
  text: 4_096,
  body: 50 * MB,
};

/** The defaults with a client's own limits over them. */
export function resolveLimits(own: Partial<MediaLimits> = {}): MediaLimits {
  const limits = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) continue;
    if (!(name in limits)) {
      throw new ConfigurationError(
        `mediaLimits has no "${name}"; there are ${Object.keys(limits).join(", ")}.`,
      );
    }
    if (!(typeof value === "number" && value > 0))
      throw new ConfigurationError(`mediaLimits.${name} must be a number above 0, or Infinity.`);
    limits[name as keyof MediaLimits] = value;
  }
  return limits;
}

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
