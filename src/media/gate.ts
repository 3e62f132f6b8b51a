import { Content, headOfBase64, sizeOfBase64 } from "../contract/content.js";
import type { Values } from "../contract/operation.js";
import { isRecord } from "../contract/read.js";
import { AbortedError, TimeoutError, ValidationError, type ValidationIssue } from "../errors/index.js";
import { Deadline } from "../http/deadline.js";
import type { RequestOptions } from "../http/request-options.js";
import type { Logger } from "../logger.js";
import { lengthIssue, type SizeLimit, sizeIssue } from "./limit-issues.js";
import type { MediaLimits } from "./limits.js";
import { isPrivateHost } from "./private-address.js";
import { sniffMagic } from "./sniff-magic.js";
import { isAsyncData, openContent, refuseOneShot } from "./sources.js";

const LIMIT_BY_OPERATION: Readonly<Record<string, SizeLimit>> = {
  "messages.sendImage": "image",
  "messages.sendVideo": "video",
  "messages.sendVoice": "audio",
  "messages.sendFile": "document",
};

const MEDIA_URLS = ["url", "imageUrl", "videoUrl", "documentUrl", "audioUrl"] as const;
const DEADLINE_MS = 300_000;

/** What every message passes on its way out: sources are opened, sizes and lengths checked, addresses looked at. */
export class MediaGate {
  readonly limits: MediaLimits;
  readonly #logger: Logger;

  constructor(limits: MediaLimits, logger: Logger) {
    this.limits = limits;
    this.#logger = logger;
  }

  /** The input with its file ready to be sent. Nothing is waited for that need not be. */
  ready(operation: string, input: object, options: RequestOptions): object | Promise<object> {
    // What is no object is refused by name, with all else that is wrong.
    if (!isRecord(input) || !("data" in input)) return input;
    const { data } = input;
    refuseOneShot(operation, data);
    if (!isAsyncData(data)) return input;
    const content = openContent(operation, data, this.limits.body);
    return withinLimits(operation, content, options).then((opened) => ({ ...input, data: opened }));
  }

  /** Refuses what cannot arrive, before anything is sent. */
  check(operation: string, body: Values | undefined): void {
    if (body === undefined) return;
    const issues = [this.#size(operation, body.data), ...this.#texts(operation, body)].filter(
      (issue) => issue !== undefined,
    );
    if (issues.length > 0) throw new ValidationError(operation, issues);
    for (const name of MEDIA_URLS) this.#warn(operation, name, body[name]);
    this.#warn(operation, "preview.thumbnailUrl", (body.preview as Values | undefined)?.thumbnailUrl);
  }

  #size(operation: string, data: unknown): ValidationIssue | undefined {
    const usual = LIMIT_BY_OPERATION[operation];
    if (usual === undefined) return undefined;
    if (data instanceof Content) return sizeIssue(stickerLimit(usual, data.head), data.size, this.limits);
    if (typeof data !== "string") return undefined;
    return sizeIssue(stickerLimit(usual, headOfBase64(data)), sizeOfBase64(data), this.limits);
  }

  #texts(operation: string, body: Values): (ValidationIssue | undefined)[] {
    if (!operation.startsWith("messages.send")) return [];
    const isCaption = MEDIA_URLS.some((name) => name !== "url" && body[name] !== undefined);
    const { text, caption } = body;
    return [
      typeof text === "string"
        ? lengthIssue("text", isCaption ? "caption" : "text", text, this.limits)
        : undefined,
      typeof caption === "string" ? lengthIssue("caption", "caption", caption, this.limits) : undefined,
    ];
  }

  #warn(operation: string, name: string, url: unknown): void {
    if (typeof url !== "string" || !URL.canParse(url)) return;
    const { hostname } = new URL(url);
    if (!isPrivateHost(hostname)) return;
    this.#logger.warn(
      `${operation}: ${name} points to ${hostname}, which the WASend server cannot reach from where it is. Send the file as data, or use a public address.`,
    );
  }
}

/** A WebP sent as a picture arrives as a sticker. */
function stickerLimit(usual: SizeLimit, head: Uint8Array): SizeLimit {
  if (usual !== "image") return usual;
  const found = sniffMagic(head);
  if (found?.mimeType !== "image/webp") return usual;
  return found.animated === true ? "animatedSticker" : "sticker";
}

/** A source that never ends must not make a call that never ends. */
export async function withinLimits<T>(
  operation: string,
  work: Promise<T>,
  { signal, deadline: limit }: RequestOptions,
): Promise<T> {
  const deadline = new Deadline(limit ?? DEADLINE_MS, signal);
  const { ms } = deadline;
  const init = { outcome: "not_sent", attempts: 0 } as const;
  let stop = () => {};
  const ended = new Promise<never>((_, reject) => {
    stop = deadline.watch(Number.POSITIVE_INFINITY, (reason) => {
      const what = `${operation}: the file was still being read`;
      reject(
        reason === "aborted"
          ? new AbortedError(`${what} when its signal aborted. Nothing was sent.`, {
              ...init,
              cause: deadline.abortReason,
            })
          : new TimeoutError(`${what} at its deadline of ${ms} ms. Nothing was sent.`, {
              ...init,
              scope: "deadline",
              ms,
            }),
      );
    });
  });
  try {
    return await (deadline.isAborted ? work : Promise.race([work, ended]));
  } finally {
    stop();
    deadline.dispose();
  }
}
