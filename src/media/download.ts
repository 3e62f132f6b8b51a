import { ValidationError } from "../errors/index.js";
import { Deadline } from "../http/deadline.js";
import { header, type ResponseHeaders } from "../http/response.js";
import { fileNameOf } from "./content-disposition.js";
import { missingError, tooLargeError } from "./download-errors.js";
import {
  checkDownloadOptions,
  type DownloadOptions,
  type DownloadTarget,
  readTarget,
  type Wanted,
} from "./download-options.js";
import { inspectSource } from "./inspect.js";
import { headSource, MediaDownload, peek } from "./media-download.js";
import { bareType, extensionOf, typeOfName, UNKNOWN_TYPE } from "./media-info.js";
import { nameOfUrl } from "./name-of-url.js";
import type { OpenUrl } from "./open-url.js";
import { Transfer } from "./transfer.js";

/** What a client gives to all its downloads. */
export interface DownloadContext {
  baseUrl: string;
  /** Chooses by address: the API's own may be behind a `fetch` of the user's. */
  opener: () => OpenUrl | Promise<OpenUrl>;
  headers: Readonly<Record<string, string>>;
  /** The key and the user's own headers, for the API only. */
  ownHeaders: Readonly<Record<string, string>>;
  maxRetries: number | undefined;
}

const MAX_BYTES = 100 * 1_024 * 1_024;
const TIMEOUT_MS = 30_000;
const DEADLINE_MS = 300_000;
const MAX_RETRIES = 2;
/** Enough for every format that its beginning tells. */
const PEEK_BYTES = 8_192;

/** Starts a download: resolves when it is clear that there is a file, and what it is. */
export async function download(
  context: DownloadContext,
  target: DownloadTarget,
  options: DownloadOptions,
): Promise<MediaDownload> {
  checkDownloadOptions(options);
  const wanted = readTarget(target);
  if ("missing" in wanted) throw missingError(wanted.missing);
  const url = checkUrl(wanted.url, context.baseUrl);
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  if (url.protocol === "data:") return inlineDownload(wanted, maxBytes);

  const { headers, ownHeaders, baseUrl } = context;
  const transfer = new Transfer({
    url,
    open: await context.opener(),
    headers,
    ownHeaders,
    ownOrigin: new URL(baseUrl).origin,
    allowPrivate: options.allowPrivate ?? false,
    maxBytes,
    maxRetries: options.maxRetries ?? context.maxRetries ?? MAX_RETRIES,
    timeoutMs: options.timeout ?? TIMEOUT_MS,
    deadline: new Deadline(options.deadline ?? DEADLINE_MS, options.signal),
    onProgress: options.onProgress,
  });
  try {
    const answer = await transfer.start();
    return await described(wanted, url, answer, transfer.pieces(), transfer.total, () => transfer.close());
  } catch (error) {
    transfer.close();
    throw error;
  }
}

function checkUrl(value: string, baseUrl: string): URL {
  const wrong = (message: string) => new ValidationError("media.download", [{ path: "url", message }]);
  if (value.trim() === "" || !URL.canParse(value, `${baseUrl}/`)) throw wrong("must be an address");
  const url = new URL(value, `${baseUrl}/`);
  if (!/^(?:https?|data):$/.test(url.protocol)) throw wrong("must be an http(s) address");
  if (url.username !== "" || url.password !== "") throw wrong("must not hold credentials");
  return url;
}

async function described(
  wanted: Wanted,
  url: URL | undefined,
  headers: ResponseHeaders,
  pieces: AsyncGenerator<Uint8Array>,
  size: number | undefined,
  close: () => void,
): Promise<MediaDownload> {
  const { head, all } = await peek(pieces, PEEK_BYTES);
  const said = bareType(header(headers, "content-type") ?? "");
  const given = fileNameOf(header(headers, "content-disposition")) ?? wanted.fileName;
  const found = (await inspectSource(headSource(head, size), given)).mimeType;
  const mimeType = betterType(found, said, wanted.mimeType, given);
  const name = given ?? (url === undefined ? "" : nameOfUrl(url.href));
  return new MediaDownload({ fileName: withExtension(name, mimeType), mimeType, size, pieces: all, close });
}

/** Content that tells little may be more than it seems from its beginning; a label that tells nothing is none. */
function betterType(found: string, ...labels: (string | undefined)[]): string {
  const isVague =
    /^(?:application\/(?:octet-stream|zip|x-ole-storage)|text\/plain|(?:audio|video)\/mp4)$/.test(found);
  if (!isVague) return found;
  const name = labels.pop();
  const named = name === undefined ? undefined : typeOfName(name);
  const label = [...labels, named].find(
    (type) => type !== undefined && !/^(?:|application\/octet-stream|binary\/octet-stream)$/.test(type),
  );
  if (label === undefined) return found;
  // A sound that calls itself a picture is still a sound.
  const isMedia = found.endsWith("/mp4");
  return isMedia === /^(?:audio|video)\//.test(label) ? label : found;
}

function withExtension(name: string, mimeType: string): string {
  const base = name === "" ? "file" : name;
  if (/\.[A-Za-z0-9]{1,8}$/.test(base) || mimeType === UNKNOWN_TYPE) return base;
  const extension = extensionOf(mimeType);
  return extension === "bin" ? base : `${base}.${extension}`;
}

/** Some servers hand the file out inside the message, as a `data:` address. */
async function inlineDownload(wanted: Wanted, maxBytes: number): Promise<MediaDownload> {
  const [, type = "", isBase64, data = ""] = /^data:([^,]*?)(;base64)?,(.*)$/is.exec(wanted.url) ?? [];
  let bytes: Uint8Array;
  try {
    bytes =
      isBase64 === undefined
        ? new TextEncoder().encode(decodeURIComponent(data))
        : Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  } catch {
    throw missingError("the message holds a file that does not decode");
  }
  if (bytes.length > maxBytes) throw tooLargeError(bytes.length, maxBytes, 0);
  return described(wanted, undefined, { "content-type": type }, once(bytes), bytes.length, () => {});
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
