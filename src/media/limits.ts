import { ConfigurationError } from "../errors/index.js";

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
  if (typeof own !== "object" || own === null)
    throw new ConfigurationError("mediaLimits must be an object, such as { image: 16 * 1024 * 1024 }.");
  const limits = { ...DEFAULT_LIMITS };
  for (const [name, value] of Object.entries(own)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(limits, name)) {
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
