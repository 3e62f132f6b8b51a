import { isRecord } from "../contract/read.js";
import { ValidationError, type ValidationIssue } from "../errors/index.js";
import { checkLimits } from "../http/request-options.js";
import { bareType } from "./media-info.js";

/** How far a file has come. */
export interface Progress {
  /** Bytes so far. */
  loaded: number;
  /** All bytes; `undefined` when the server does not say. */
  total: number | undefined;
}

/** Options of `media.download`. */
export interface DownloadOptions {
  /** Bytes to accept at most. Default: 104,857,600 (100 MB). */
  maxBytes?: number | undefined;
  /** Ends the download, also while it is read. It then fails with an `AbortedError`. */
  signal?: AbortSignal | undefined;
  /** Milliseconds without a byte. Default: 30,000. */
  timeout?: number | undefined;
  /** Milliseconds for the whole download. Default: 300,000. */
  deadline?: number | undefined;
  /** How often it may fail without getting any further before it is given up. Default: the client's, else 2. */
  maxRetries?: number | undefined;
  /** Called with each piece that arrives. */
  onProgress?: ((progress: Progress) => void) | undefined;
  /** Whether addresses inside private networks may be loaded from. The API's own always may. Default: false. */
  allowPrivate?: boolean | undefined;
}

/** The file of a message, as chats and webhooks tell it. */
export interface MediaReference {
  url?: string | null | undefined;
  mimetype?: string | null | undefined;
  filename?: string | null | undefined;
  /** Why the server has no file, as the engine says it. */
  error?: unknown;
}

/** A message that may have a file. */
export interface MessageWithMedia {
  media?: MediaReference | null | undefined;
  hasMedia?: boolean | undefined;
}

/** What can be loaded: an address, a message of a chat or a webhook, or the `media` of one. */
export type DownloadTarget = string | URL | MessageWithMedia | MediaReference;

/** A target, read. */
export interface Wanted {
  url: string;
  mimeType: string | undefined;
  fileName: string | undefined;
}

/** Reads a target; `undefined` with the reason when there is nothing to load. */
export function readTarget(target: DownloadTarget): Wanted | { missing: string } {
  if (typeof target === "string") return { url: target, mimeType: undefined, fileName: undefined };
  if (target instanceof URL) return { url: target.href, mimeType: undefined, fileName: undefined };
  const { media, hasMedia } = mediaOf(target);
  const { url, mimetype, filename, error } = media;
  if (typeof url === "string" && url !== "") {
    return { url, mimeType: mimetype ? bareType(mimetype) : undefined, fileName: filename ?? undefined };
  }
  if (error !== undefined && error !== null)
    return { missing: "the server could not load this file from WhatsApp; ask the sender to send it again" };
  return {
    missing:
      hasMedia || mimetype
        ? "the server did not load this file from WhatsApp; ask for the message again with downloadMedia: true"
        : "this message has no file",
  };
}

function mediaOf(target: MessageWithMedia | MediaReference): { media: MediaReference; hasMedia: boolean } {
  const isObject: boolean = isRecord(target);
  if (!isObject)
    refuse([{ path: "target", message: "must be an address, a message, or the media of a message" }]);
  const isMessage = "media" in target || "hasMedia" in target;
  const media = (isMessage ? (target as MessageWithMedia).media : (target as MediaReference)) ?? {};
  if (!isRecord(media)) refuse([{ path: "media", message: "must be an object, as messages have it" }]);
  const names = ["mimetype", "filename"] as const;
  const wrong = names.filter((name) => media[name] != null && typeof media[name] !== "string");
  refuse(wrong.map((path) => ({ path, message: "must be a text" })));
  return { media, hasMedia: isMessage && (target as MessageWithMedia).hasMedia === true };
}

/** Checks a download's options. */
export function checkDownloadOptions(options: DownloadOptions): void {
  const isObject: boolean = isRecord(options);
  if (!isObject) refuse([{ path: "options", message: "must be an object, or left out" }]);
  const { signal, timeout, deadline, maxRetries, maxBytes, onProgress, allowPrivate } = options;
  const issues = checkLimits({ signal, timeout, deadline, maxRetries });
  if (maxBytes !== undefined && !(typeof maxBytes === "number" && maxBytes > 0))
    issues.push({ path: "maxBytes", message: "must be a number above 0, or Infinity" });
  if (onProgress !== undefined && typeof onProgress !== "function")
    issues.push({ path: "onProgress", message: "must be a function" });
  if (allowPrivate !== undefined && typeof allowPrivate !== "boolean")
    issues.push({ path: "allowPrivate", message: "must be true or false" });
  refuse(issues);
}

function refuse(issues: ValidationIssue[]): void {
  if (issues.length > 0) throw new ValidationError("media.download", issues);
}
