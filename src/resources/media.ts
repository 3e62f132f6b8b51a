import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { Deadline } from "../http/deadline.js";
import { loadOnce } from "../http/load-once.js";
import type { RequestOptions } from "../http/request-options.js";
import { snapshot } from "../http/snapshot.js";
import type { DownloadContext } from "../media/download.js";
import type { DownloadOptions, DownloadTarget } from "../media/download-options.js";
import type { MediaGate } from "../media/gate.js";
import type { MediaDownload } from "../media/media-download.js";
import type { MediaInfo } from "../media/media-info.js";
import type { MediaSendParams, MediaSent } from "./media-params.js";
import type { MediaData } from "./message-params.js";

const loadWork = loadOnce(() => import("./media-work.js"));

/** Files: sent as what they are, and loaded when customers send them. */
export class Media {
  readonly #caller: Caller;
  readonly #loadGate: () => Promise<MediaGate>;
  readonly #downloads: DownloadContext;

  /** @internal */
  constructor(caller: Caller, loadGate: () => Promise<MediaGate>, downloads: DownloadContext) {
    this.#caller = caller;
    this.#loadGate = loadGate;
    this.#downloads = downloads;
  }

  /** What prints objects takes a method of that name for its own. @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "Media {}";
  }

  /**
   * Sends a file as what its content is: a picture, a video, a voice note, else a file. A `url` is never fetched: there
   * `mimeType` decides, else the name's ending. What WhatsApp cannot show in the chat goes as a file, and `note` says so.
   *
   * Source: `POST /sendImage`, `/sendVideo`, `/sendVoice`, `/sendFile`, and `/send` for a document by `url` with a
   * caption.
   *
   * @throws {@link ValidationError} before any network, when it is empty or too large, or has a caption where the API has
   * no place for one.
   *
   * @example
   * ```ts
   * import { fileFromPath } from "@wasend/sdk/node";
   *
   * const sent = await wasend.media.send({ to: "+14155550123", data: fileFromPath("./tour.mp4"), caption: "Have a look" });
   * console.log(sent.sentAs, sent.note);
   * ```
   */
  send(params: MediaSendParams, options: RequestOptions = {}): ApiPromise<MediaSent> {
    const plan = async (own: MediaSendParams, deadline: Deadline) =>
      (await loadWork()).planSend(await this.#loadGate(), own, this.#caller.defaults.session, deadline);
    return this.#caller.planned("media.send", params, plan, options);
  }

  /**
   * Says what a file is, from its content: what kind for WhatsApp, its type and size, and how long a voice note plays. It
   * reads a few pieces of it and asks nobody. `fileName` only helps to tell texts apart, such as CSV from plain text.
   *
   * @throws {@link ValidationError} when `data` cannot be read.
   *
   * @example
   * ```ts
   * const { kind, mimeType, duration } = await wasend.media.inspect(audioBytes);
   * console.log(kind === "voice" ? `plays ${duration} s` : mimeType);
   * ```
   */
  async inspect(data: MediaData, options: { fileName?: string | undefined } = {}): Promise<MediaInfo> {
    const { inspect } = await loadWork();
    return inspect(data, options);
  }

  /**
   * Loads the file of a message, or an address. It resolves when the file has begun to come, and is read from the result:
   * as a stream, as a whole, or with `saveTo` of `@wasend/sdk/node`. A connection that breaks is taken up where it broke
   * if the server proves that the file is still the same.
   *
   * The API key goes to the API's own address only, and follows no redirect. Addresses inside private networks are
   * refused, but for the API's own; on Node by what a name resolves to, elsewhere only as they are written.
   *
   * @throws {@link NotFoundError} when the message has no file, or the server has it no longer.
   * @throws {@link PayloadTooLargeError} when it has more than `maxBytes` (default 100 MB).
   * @throws {@link ValidationError} when the address is, or leads, inside a private network.
   *
   * @example
   * ```ts
   * if (message.hasMedia) {
   *   const file = await wasend.media.download(message, { maxBytes: 10_000_000 });
   *   console.log(file.fileName, file.mimeType, (await file.bytes()).length);
   * }
   * ```
   */
  async download(target: DownloadTarget, options: DownloadOptions = {}): Promise<MediaDownload> {
    const own = [snapshot("media.download", target), snapshot("media.download", options)] as const;
    return (await loadWork()).download(this.#downloads, ...own);
  }
}
