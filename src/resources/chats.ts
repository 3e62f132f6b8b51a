import type { ChatMessage } from "../contract/chat-message.js";
import {
  type Chat,
  type ChatOverview,
  getChatMessage,
  getChatPicture,
  listChatMessages,
  listChatOverviews,
  listChats,
  type MarkedRead,
  markChatRead,
} from "../contract/chats.js";
import type { Picture } from "../contract/picture.js";
import type { Recipient } from "../contract/recipient.js";
import type { ApiPromise } from "../http/api-promise.js";
import type { Caller } from "../http/caller.js";
import type { PagePromise } from "../http/page.js";
import type { RequestOptions } from "../http/request-options.js";
import type { PageParams, RefreshParams, SessionParams, SortParams } from "./params.js";
import { withIds } from "./with-ids.js";

/** For {@link Chats.list}. */
export interface ChatListParams
  extends SessionParams,
    PageParams,
    SortParams<"conversationTimestamp" | "id" | "name"> {}

/** For {@link Chats.overview}. */
export interface ChatOverviewParams extends SessionParams, PageParams {
  /** Only these chats. */
  ids?: readonly Recipient[] | undefined;
}

/** For {@link Chats.getMessage}. */
export interface ChatMessageParams extends SessionParams {
  /** Whether the server should fetch a message's file, so that it has an address. Default: false. */
  downloadMedia?: boolean | undefined;
}

/** Which messages of a chat to list. */
export interface ChatMessageFilter {
  /** Not before this, in Unix seconds. */
  timestampGte?: number | undefined;
  /** Not after this, in Unix seconds. */
  timestampLte?: number | undefined;
  /** Only one's own messages, or only the others'. */
  fromMe?: boolean | undefined;
  /** Only with this receipt, or one of these: -1 failed, 0 pending, 1 sent, 2 delivered, 3 read, 4 played. */
  ack?: number | readonly number[] | undefined;
}

/** For {@link Chats.listMessages}. */
export interface ChatMessageListParams extends ChatMessageParams, PageParams {
  /** How many messages to ask for; the server gives at most 50. Default: 50. */
  limit?: number | undefined;
  filter?: ChatMessageFilter | undefined;
}

/** For {@link Chats.markRead}. */
export interface MarkReadParams extends SessionParams {
  /** Only so many of the latest messages. */
  messages?: number | undefined;
  /** Only messages of so many days. */
  days?: number | undefined;
}

/** The vendor's client requires a limit, and names this as the most. */
const MESSAGE_LIMIT = 50;

/** Chats and the messages in them. A chat is named by its JID, or by a phone number with `+`. */
export class Chats {
  readonly #caller: Caller;

  /** @internal */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The number's chats.
   *
   * Source: `GET /{session}/chats` (vendor's client only).
   *
   * @example
   * ```ts
   * for await (const chat of wasend.chats.list({ sortBy: "conversationTimestamp", sortOrder: "desc" })) {
   *   console.log(chat.name, chat.unreadCount);
   * }
   * ```
   */
  list(params: ChatListParams = {}, options?: RequestOptions): PagePromise<Chat> {
    return this.#caller.list(listChats, params, options);
  }

  /**
   * The chats with their latest message, as a phone shows them.
   *
   * Source: `GET /{session}/chats/overview` (vendor's client only).
   *
   * @example
   * ```ts
   * const { data } = await wasend.chats.overview({ limit: 20 });
   * ```
   */
  overview(params: ChatOverviewParams = {}, options?: RequestOptions): PagePromise<ChatOverview> {
    return this.#caller.list(listChatOverviews, params, options);
  }

  /**
   * The messages of a chat.
   *
   * Source: `GET /{session}/chats/{chatId}/messages` (vendor's client only).
   *
   * @example
   * ```ts
   * const since = Math.floor(Date.now() / 1000) - 3600;
   * for await (const message of wasend.chats.listMessages("+14155550123", { filter: { timestampGte: since } })) {
   *   console.log(message.fromMe, message.body);
   * }
   * ```
   */
  listMessages(
    chatId: Recipient,
    params: ChatMessageListParams = {},
    options?: RequestOptions,
  ): PagePromise<ChatMessage> {
    const input = withIds(params, { chatId }, { limit: MESSAGE_LIMIT });
    return this.#caller.list(listChatMessages, input, options);
  }

  /**
   * One message of a chat; its `status` tells how far it has come.
   *
   * Source: `GET /{session}/chats/{chatId}/messages/{messageId}` (vendor's client only).
   *
   * @example
   * ```ts
   * const { status } = await wasend.chats.getMessage("+14155550123", sent.id);
   * ```
   */
  getMessage(
    chatId: Recipient,
    messageId: string,
    params: ChatMessageParams = {},
    options?: RequestOptions,
  ): ApiPromise<ChatMessage> {
    return this.#caller.call(getChatMessage, withIds(params, { chatId, messageId }), options);
  }

  /**
   * Marks a chat's messages as read.
   *
   * Source: `POST /{session}/chats/{chatId}/messages/read` (vendor's client only).
   *
   * @example
   * ```ts
   * await wasend.chats.markRead("+14155550123");
   * ```
   */
  markRead(chatId: Recipient, params: MarkReadParams = {}, options?: RequestOptions): ApiPromise<MarkedRead> {
    return this.#caller.call(markChatRead, withIds(params, { chatId }), options);
  }

  /**
   * A chat's picture.
   *
   * Source: `GET /{session}/chats/{chatId}/picture` (vendor's client only).
   *
   * @example
   * ```ts
   * const { url } = await wasend.chats.getPicture("+14155550123");
   * ```
   */
  getPicture(chatId: Recipient, params: RefreshParams = {}, options?: RequestOptions): ApiPromise<Picture> {
    return this.#caller.call(getChatPicture, withIds(params, { chatId }), options);
  }
}
