import { Content, headOfBase64, sizeOfBase64 } from "../contract/content.js";
import type { Values } from "../contract/operation.js";
import { isRecord } from "../contract/read.js";
import { AbortedError, TimeoutError, ValidationError, type ValidationIssue } from "../errors/index.js";
import type { Deadline, EndReason } from "../http/deadline.js";
import { Cancellation } from "../http/transport.js";
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

/** Stands for a file that is not open yet, where all the rest is checked. */
export const ANY_DATA = "AAAA";

/** What every message passes on its way out: sources are opened, sizes and lengths checked, addresses looked at. */
export class MediaGate {
  readonly limits: MediaLimits;
  readonly #logger: Logger;

  constructor(limits: MediaLimits, logger: Logger) {
    this.limits = limits;
    this.#logger = logger;
  }

  /**
   * The input with its file ready to be sent. Nothing is waited for that need not be, and no file is opened for an input
   * that `check` refuses.
   */
  ready(
    operation: string,
    input: object,
    deadline: Deadline,
    check: (input: object) => void,
  ): object | Promise<object> {
    // What is no object is refused by name, with all else that is wrong.
    if (!isRecord(input) || !("data" in input)) return input;
    const { data } = input;
    refuseOneShot(operation, data);
    if (!isAsyncData(data)) return input;
    check({ ...input, data: ANY_DATA });
    return withinLimits(operation, deadline, (cancellation) =>
      openContent(operation, data, this.limits.body, cancellation),
    ).then((opened) => ({ ...input, data: opened }));
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

/** A source that never ends must not make a call that never ends. `start` is told when nobody waits any more. */
export function withinLimits<T>(
  operation: string,
  deadline: Deadline,
  start: (cancellation: Cancellation) => Promise<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const over = deadline.endedBy;
    if (over !== undefined) throw ended(operation, deadline, over, "had not been opened");
    const cancellation = new Cancellation();
    const stop = deadline.watch(Number.POSITIVE_INFINITY, (reason) => {
      reject(ended(operation, deadline, reason, "was still being read"));
      cancellation.cancel();
    });
    // What fails after the end rejects nothing any more.
    start(cancellation).finally(stop).then(resolve, reject);
  });
}

function ended(
  operation: string,
  deadline: Deadline,
  reason: EndReason,
  state: string,
): AbortedError | TimeoutError {
  const init = { outcome: "not_sent", attempts: 0 } as const;
  const what = `${operation}: the file ${state}`;
  if (reason === "aborted") {
    const message = `${what} when its signal aborted. Nothing was sent.`;
    return new AbortedError(message, { ...init, cause: deadline.abortReason });
  }
  const { ms } = deadline;
  const message = `${what} at its deadline of ${ms} ms. Nothing was sent.`;
  return new TimeoutError(message, { ...init, scope: "deadline", ms });
}
