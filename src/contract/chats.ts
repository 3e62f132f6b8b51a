import { readChatMessage } from "./chat-message.js";
import { type Fields, listOperation, operation, type QueryValue, type Values } from "./operation.js";
import { readPicture } from "./picture.js";
import { defined, flag, isRecord, list, number, pick, record, text, unixSeconds } from "./read.js";

/**
 * A chat. Fields that the SDK does not know are kept beside these.
 *
 * Source: `Chat` of the vendor's client, which marks it as a placeholder.
 */
export interface Chat {
  /** `14155550123@c.us`, or a group's JID. */
  id: string;
  name?: string;
  isGroup?: boolean;
  /** Unix seconds of the latest message. */
  timestamp?: number;
  unreadCount?: number;
  archived?: boolean;
  pinned?: boolean;
}

/** A chat as the overview gives it, in the vendor's or the engine's fields. */
export interface ChatOverview {
  id: string;
  name?: string;
  isGroup?: boolean;
  /** Unix seconds of the latest message. */
  timestamp?: number;
  unreadCount?: number;
  /** The address of the chat's picture. */
  picture?: string;
  /** The latest message, as the server sends it. */
  lastMessage?: unknown;
}

/** What `chats.markRead` answers with; servers send one or the other. */
export interface MarkedRead {
  /** The ids of the messages that were marked. */
  ids?: string[];
  message?: string;
}

function readChat(json: unknown): Chat | undefined {
  const id = isRecord(json) ? text(json.id) : undefined;
  if (!isRecord(json) || id === undefined) return undefined;
  return defined({
    ...json,
    id,
    name: text(json.name),
    isGroup: flag(json.isGroup),
    timestamp: unixSeconds(pick(json, "timestamp", "conversationTimestamp")),
    unreadCount: number(json.unreadCount),
    archived: flag(json.archived),
    pinned: flag(json.pinned),
  });
}

function readOverview(json: unknown): ChatOverview | undefined {
  const chat = readChat(json);
  if (chat === undefined || !isRecord(json)) return undefined;
  const { lastMessage } = json;
  const sentAt = isRecord(lastMessage) ? unixSeconds(lastMessage.timestamp) : undefined;
  return defined({ ...chat, timestamp: chat.timestamp ?? sentAt, picture: text(json.picture) });
}

const page: Fields = (fields) => ({
  limit: fields.optional(fields.count()),
  offset: fields.optional(fields.count()),
});

export const listChats = listOperation({
  id: "chats.list",
  isPaged: true,
  method: "GET",
  path: "/{session}/chats",
  retry: "always",
  source: "sdk",
  query: (fields) => ({
    ...page(fields),
    sortBy: fields.optional(fields.text()),
    sortOrder: fields.optional(fields.word(["asc", "desc"])),
  }),
  expects: "a list of chats",
  reply: (json) => list(json, "chats", readChat),
});

export const listChatOverviews = listOperation({
  id: "chats.overview",
  isPaged: true,
  method: "GET",
  path: "/{session}/chats/overview",
  retry: "always",
  source: "sdk",
  query: (fields) => ({ ...page(fields), ids: fields.optional(fields.listOf(fields.chatId())) }),
  toQuery: ({ ids, ...rest }) => ({ ...rest, ids: commaList(ids) }) as Record<string, QueryValue>,
  expects: "a list of chats",
  reply: (json) => list(json, "chats", readOverview),
});

/** The wire takes these lists in one value; an empty one is left out, as the vendor's client does. */
function commaList(values: unknown): string | undefined {
  return Array.isArray(values) && values.length > 0 ? values.join(",") : undefined;
}

/** The vendor's client names this as the most that the server gives. */
const LONGEST_PAGE = 50;

function toMessagesQuery({ filter, limit, ...rest }: Values): Record<string, QueryValue> {
  const { timestampGte, timestampLte, fromMe, ack } = (filter ?? {}) as Record<string, QueryValue>;
  return {
    limit: limit === undefined ? undefined : Math.min(limit as number, LONGEST_PAGE),
    ...(rest as Record<string, QueryValue>),
    "filter.timestamp.lte": timestampLte,
    "filter.timestamp.gte": timestampGte,
    "filter.fromMe": fromMe,
    "filter.ack": commaList(ack),
  };
}

export const listChatMessages = listOperation({
  id: "chats.listMessages",
  isPaged: true,
  method: "GET",
  path: "/{session}/chats/{chatId}/messages",
  retry: "always",
  source: "sdk",
  query: (fields) => ({
    ...page(fields),
    downloadMedia: fields.optional(fields.flag()),
    filter: fields.optional(
      fields.object({
        timestampGte: fields.optional(fields.count()),
        timestampLte: fields.optional(fields.count()),
        fromMe: fields.optional(fields.flag()),
        ack: fields.optional(fields.acks()),
      }),
    ),
  }),
  toQuery: toMessagesQuery,
  longestPage: LONGEST_PAGE,
  expects: "a list of messages",
  reply: (json) => list(json, "messages", readChatMessage),
});

export const getChatMessage = operation({
  id: "chats.getMessage",
  method: "GET",
  path: "/{session}/chats/{chatId}/messages/{messageId}",
  retry: "always",
  source: "sdk",
  query: (fields) => ({ downloadMedia: fields.optional(fields.flag()) }),
  expects: "a message",
  reply: readChatMessage,
});

export const markChatRead = operation({
  id: "chats.markRead",
  method: "POST",
  path: "/{session}/chats/{chatId}/messages/read",
  retry: "unsent-only",
  source: "sdk",
  query: (fields) => ({ messages: fields.optional(fields.count()), days: fields.optional(fields.count()) }),
  expects: "nothing",
  reply: (json): MarkedRead => {
    const { ids, message, ...others } = record(json) ?? {};
    return defined({
      ...others,
      ids: Array.isArray(ids) ? ids.flatMap((id) => text(id) ?? []) : undefined,
      message: text(message),
    });
  },
});

export const getChatPicture = operation({
  id: "chats.getPicture",
  method: "GET",
  path: "/{session}/chats/{chatId}/picture",
  retry: "always",
  source: "sdk",
  query: (fields) => ({ refresh: fields.optional(fields.flag()) }),
  expects: "a picture",
  reply: readPicture,
});
