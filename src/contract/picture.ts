import { defined, isRecord, number, pick, record, text } from "./read.js";

/** A profile or group picture. Fields that the SDK does not know are kept beside these. */
export interface Picture {
  /** Where it can be fetched; missing when there is no picture or it may not be seen. */
  url?: string;
  /** `jpeg`, `png` … */
  format?: string;
  /** In bytes. */
  size?: number;
  dimensions?: { width?: number; height?: number };
  mimetype?: string;
}

/** Reads a picture: bare, or below `picture`. */
export function readPicture(json: unknown): Picture | undefined {
  const picture = record(json, "picture");
  if (picture === undefined) return undefined;
  const { dimensions } = picture;
  return defined({
    ...picture,
    url: text(pick(picture, "url")),
    // The page's `type` is the engine's "image" or "preview", and no format.
    format: text(pick(picture, "format")),
    size: number(picture.size),
    dimensions: isRecord(dimensions)
      ? defined({ ...dimensions, width: number(dimensions.width), height: number(dimensions.height) })
      : undefined,
    mimetype: text(picture.mimetype),
  });
}
