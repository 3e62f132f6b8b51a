import {
  getMessage,
  markSeen,
  react,
  type Sent,
  type StoredMessage,
  sendFile,
  sendImage,
  sendLinkPreview,
  sendMessage,
  sendText,
  sendVideo,
  sendVoice,
  startTyping,
  stopTyping,
} from "../contract/messages.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import { loadOnce } from "../http/load-once.js";
import type { RequestOptions } from "../http/request-options.js";
import { snapshot } from "../http/snapshot.js";
import type {
  AddressParams,
  MarkSeenParams,
  ReactParams,
  SendFileParams,
  SendLinkPreviewParams,
  SendParams,
  SendPictureParams,
  SendTextParams,
  SendVoiceParams,
  TypingParams,
} from "./message-params.js";

const loadTyping = loadOnce(() => import("./send-with-typing.js"));

/**
 * Sends messages. A send is repeated only when it provably did not go out; the error of every other one says in `outcome`
 * what is known.
 */
export class Messages {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * Sends a text, or a file by its address, with the text as caption.
   *
   * Source: `POST /send`, `/docs/messages/send`.
   *
   * @throws {@link ValidationError} when there is neither text nor a file, or more than one file.
   *
   * @example
   * ```ts
   * await wasend.messages.send({
   *   to: "+14155550123",
   *   documentUrl: "https://example.com/invoice.pdf",
   *   filename: "invoice.pdf",
   *   text: "Your invoice",
   * });
   * ```
   */
  send(params: SendParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendMessage, params, options);
  }

  /**
   * Sends a text.
   *
   * Source: `POST /sendText`, `/docs/messages/send-text`.
   *
   * @example
   * ```ts
   * const sent = await wasend.messages.sendText({ to: "+14155550123", text: "Hello!" });
   * console.log(sent.id);
   * ```
   */
  sendText(params: SendTextParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendText, params, options);
  }

  /**
   * Sends a picture.
   *
   * Source: `POST /sendImage`, `/docs/messages/send-image`.
   *
   * @example
   * ```ts
   * await wasend.messages.sendImage({ to: "+14155550123", url: "https://example.com/cat.jpg", caption: "Our cat" });
   * ```
   */
  sendImage(params: SendPictureParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendImage, params, options);
  }

  /**
   * Sends a video.
   *
   * Source: `POST /sendVideo`, `/docs/messages/send-video`.
   *
   * @example
   * ```ts
   * await wasend.messages.sendVideo({ to: "+14155550123", url: "https://example.com/tour.mp4" });
   * ```
   */
  sendVideo(params: SendPictureParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendVideo, params, options);
  }

  /**
   * Sends a document. The wire has no caption for it; `send` with `documentUrl` has one.
   *
   * Source: `POST /sendFile`, `/docs/messages/send-file`.
   *
   * @example
   * ```ts
   * await wasend.messages.sendFile({
   *   to: "+14155550123",
   *   data: pdfBytes,
   *   fileName: "invoice.pdf",
   *   mimeType: "application/pdf",
   * });
   * ```
   */
  sendFile(params: SendFileParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendFile, params, options);
  }

  /**
   * Sends a voice note. WhatsApp plays Ogg with Opus only.
   *
   * Source: `POST /sendVoice`, `/docs/messages/send-voice`.
   *
   * @example
   * ```ts
   * await wasend.messages.sendVoice({ to: "+14155550123", url: "https://example.com/note.ogg" });
   * ```
   */
  sendVoice(params: SendVoiceParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendVoice, params, options);
  }

  /**
   * Sends a text with a link and a preview of your own.
   *
   * Source: `POST /send/link-custom-preview`, `/docs/messages/send-link-preview`.
   *
   * @example
   * ```ts
   * await wasend.messages.sendLinkPreview({
   *   to: "+14155550123",
   *   text: "Have a look: https://example.com",
   *   preview: { title: "Example", description: "An example" },
   * });
   * ```
   */
  sendLinkPreview(params: SendLinkPreviewParams, options?: RequestOptions): ApiPromise<Sent> {
    return this.#caller.call(sendLinkPreview, params, options);
  }

  /**
   * Types for a while as a person would, then sends: seen (if asked for), typing on, wait, typing off, send. The wait
   * grows with the text. The indicator is switched off in every case, and a failure of the steps before the send neither
   * keeps the message back nor blurs its outcome.
   *
   * @throws {@link AbortedError} with the outcome `not_sent` when aborted while typing.
   *
   * @example
   * ```ts
   * await wasend.messages.sendWithTyping({ to: contact, text: "On its way!" }, { seen: message.id });
   * ```
   */
  async sendWithTyping(
    params: SendParams,
    typing: TypingParams = {},
    options?: RequestOptions,
  ): Promise<Sent> {
    const name = "messages.sendWithTyping";
    const own = [snapshot(name, params), snapshot(name, typing), snapshot(name, options)] as const;
    const { sendWithTyping } = await loadTyping();
    return sendWithTyping(this.#caller, ...own);
  }

  /**
   * Reacts to a message with an emoji; the empty text takes the reaction back.
   *
   * Source: `PUT /reaction` (vendor's client only).
   *
   * @example
   * ```ts
   * await wasend.messages.react({ messageId: sent.id, reaction: "👍" });
   * ```
   */
  react(params: ReactParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(react, params, options);
  }

  /**
   * Marks a chat as seen up to a message.
   *
   * Source: `POST /sendSeen`, `/docs/messages/send-seen`.
   *
   * @example
   * ```ts
   * await wasend.messages.markSeen({ to: "+14155550123", messageId: message.id });
   * ```
   */
  markSeen(params: MarkSeenParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(markSeen, params, options);
  }

  /**
   * Shows that the number is typing, until `stopTyping` or the next message.
   *
   * Source: `POST /startTyping`, `/docs/messages/start-typing`.
   *
   * @example
   * ```ts
   * await wasend.messages.startTyping({ to: "+14155550123" });
   * ```
   */
  startTyping(params: AddressParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(startTyping, params, options);
  }

  /**
   * Stops showing that the number is typing.
   *
   * Source: `POST /stopTyping`, `/docs/messages/stop-typing`.
   *
   * @example
   * ```ts
   * await wasend.messages.stopTyping({ to: "+14155550123" });
   * ```
   */
  stopTyping(params: AddressParams, options?: RequestOptions): ApiPromise<void> {
    return this.#caller.call(stopTyping, params, options);
  }

  /**
   * A message by its id. The endpoint is old and unproven: it names no number. `chats.getMessage` is the surer way.
   *
   * Source: `GET /messages/{messageId}` (vendor's client only; unproven).
   *
   * @example
   * ```ts
   * const message = await wasend.messages.get(sent.id);
   * ```
   */
  get(messageId: string, options?: RequestOptions): ApiPromise<StoredMessage> {
    return this.#caller.call(getMessage, { messageId }, options);
  }
}
