import { type Answer, jsonAnswer } from "./answers.js";
import { bareBase64 } from "./media-sniff.js";
import { bareId, isSameMessage } from "./message-id.js";
import type { MessageRecord } from "./records.js";
import { extensionOf, mimetypeOf } from "./webhooks/files.js";
import type { WireRequest } from "./wire.js";
import type { World } from "./world.js";

const FILES = "/api/files/";

/**
 * The files of messages, as the server keeps them. Slow and broken transfers are faults like others:
 * `emulator.faults.next({ cutBody: true, match: { path: /^\/api\/files\// } })`.
 */
export class EmulatedMedia {
  /** Milliseconds that a file is kept; later it is answered with 404. Default `Infinity`. */
  keptMs = Number.POSITIVE_INFINITY;
  /** Where the addresses of files begin. Default the API's own; `listen` sets it to its own. */
  baseUrl = "https://api.wasend.dev";
  readonly #lost = new Set<string>();

  /**
   * Loses the file of a message: its address is answered with 404 from now on.
   * @example emulator.media.lose(message.id);
   */
  lose(messageId: string): void {
    this.#lost.add(bareId(messageId));
  }

  /** Back to all files, kept for ever. */
  clear(): void {
    this.keptMs = Number.POSITIVE_INFINITY;
    this.#lost.clear();
  }

  /** @internal The address of a message's file, where there is one. */
  urlOf(message: MessageRecord): string | undefined {
    if (message.data === undefined) return message.url;
    return `${this.baseUrl}${FILES}${message.session}/${bareId(message.id)}.${extensionOf(message)}`;
  }

  /** @internal The file itself, while it is there. */
  bytesOf({ id, at, data }: MessageRecord, now: number): Uint8Array | undefined {
    if (data === undefined || this.#lost.has(bareId(id)) || now - at > this.keptMs) return undefined;
    return Uint8Array.from(atob(bareBase64(data)), (char) => char.charCodeAt(0));
  }
}

/** The answer for a file's path; `undefined` when it is none. */
export function fileAnswer(world: World, { method, target, headers }: WireRequest): Answer | undefined {
  const [path = ""] = target.split("?");
  if ((method !== "GET" && method !== "HEAD") || !path.startsWith(FILES)) return undefined;
  const [session, file = ""] = path.slice(FILES.length).split("/");
  const message = [...world.messages.values()].find(
    (one) => one.session === session && isSameMessage(one.id, file.split(".")[0] ?? ""),
  );
  const bytes = message && world.settings.media.bytesOf(message, world.now());
  if (message === undefined || bytes === undefined) return jsonAnswer(404, FILE_NOT_FOUND);
  return ranged(bytes, headers, {
    "content-type": mimetypeOf(message),
    etag: `"${bareId(message.id)}"`,
    "accept-ranges": "bytes",
    ...(message.fileName !== undefined && {
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(message.fileName)}`,
    }),
  });
}

const FILE_NOT_FOUND = {
  error: { code: 404, key: "FILE_NOT_FOUND", message: "File not found", details: null },
};

/** From a place on, when it is asked for and the file is still the one that the asker knows. */
function ranged(
  bytes: Uint8Array,
  asked: Readonly<Record<string, string>>,
  headers: Record<string, string>,
): Answer {
  const [, from = ""] = /^bytes=(\d+)-$/.exec(asked.range ?? "") ?? [];
  const start = Number(from);
  const isSame = asked["if-range"] === undefined || asked["if-range"] === headers.etag;
  const isPart = from !== "" && isSame && start < bytes.length;
  const body = isPart ? bytes.subarray(start) : bytes;
  const part = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return {
    status: isPart ? 206 : 200,
    headers: { ...headers, "content-length": String(body.length), ...(isPart && part) },
    body,
  };
}
