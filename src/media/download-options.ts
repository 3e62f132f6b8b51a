import { ValidationError, type ValidationIssue } from "../errors/index.js";
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
  const isMessage = "media" in target || "hasMedia" in target;
  const media = isMessage ? (target as MessageWithMedia).media : (target as MediaReference);
  const { url, mimetype, filename, error } = media ?? {};
  if (typeof url === "string" && url !== "") {
    return { url, mimeType: mimetype ? bareType(mimetype) : undefined, fileName: filename ?? undefined };
  }
  if (error !== undefined && error !== null)
    return { missing: "the server could not load this file from WhatsApp; ask the sender to send it again" };
  const hasFile = (isMessage && (target as MessageWithMedia).hasMedia === true) || media?.mimetype;
  return {
    missing: hasFile
      ? "the server did not load this file from WhatsApp; ask for the message again with downloadMedia: true"
      : "this message has no file",
  };
}

/** Checks a download's options. */
export function checkDownloadOptions(options: DownloadOptions): void {
  const issues: ValidationIssue[] = [];
  for (const path of ["maxBytes", "timeout", "deadline"] as const) {
    const value = options[path];
    if (value !== undefined && !(value > 0))
      issues.push({ path, message: "must be a number above 0, or Infinity" });
  }
  const { maxRetries } = options;
  if (maxRetries !== undefined && !(Number.isSafeInteger(maxRetries) && maxRetries >= 0))
    issues.push({ path: "maxRetries", message: "must be a whole number, 0 or more" });
  if (issues.length > 0) throw new ValidationError("media.download", issues);
}
