import { isGroup, parseAddress } from "../addresses.js";
import { notFound } from "../answers.js";
import { type ChatRecord, chatsOf, isUnread, markRead } from "../message-flow.js";
import { page, sorted } from "../paging.js";
import type { MessageRecord, NumberRecord } from "../records.js";
import { pictureUrl } from "../replies/contacts.js";
import { chatMessage } from "../replies/messages.js";
import { numberRoute, type Route, same } from "../route.js";
import type { World } from "../world.js";

interface ChatCall {
  world: World;
  number: NumberRecord;
  params: { chatId: string };
}

const chatIdOf = ({ world, params }: ChatCall): string =>
  world.address(params.chatId)?.chatId ?? params.chatId;

/** Newest first; of one instant, the later one first. */
function newest(call: ChatCall): MessageRecord[] {
  const chatId = chatIdOf(call);
  const all = call.world.messagesOf(call.number.session).filter((message) => message.chatId === chatId);
  return sorted(all.reverse(), (message) => message.at, "desc");
}

const ownChat = (number: NumberRecord): string => `${number.digits}@c.us`;

const overview = (chat: ChatRecord) => ({
  id: chat.id,
  name: chat.name,
  isGroup: chat.isGroup,
  timestamp: Math.floor(chat.at / 1000),
  unreadCount: chat.unread,
});

const SORT_KEYS: Record<string, (chat: ChatRecord) => string | number> = {
  id: (chat) => chat.id,
  name: (chat) => chat.name ?? "",
  time: (chat) => chat.at,
};

function pictureOf(call: ChatCall): string {
  const chatId = chatIdOf(call);
  const digits = parseAddress(chatId)?.digits;
  const url = isGroup(chatId) ? call.world.groups.get(chatId)?.picture?.url : digits && pictureUrl(digits);
  if (!url) throw notFound("Picture");
  return url;
}

export const chatRoutes: Route[] = [
  numberRoute({
    row: "49",
    method: "GET",
    path: "/{sessionId}/chats",
    needs: "ready",
    // `timestamp` is the README's word for what the type calls `conversationTimestamp`.
    query: {
      limit: "int?",
      offset: "int?",
      sortBy: ["conversationTimestamp", "id", "name", "timestamp"],
      sortOrder: ["asc", "desc"],
    },
    handle({ world, number, query }) {
      const key = SORT_KEYS[query.sortBy ?? "time"] ?? SORT_KEYS.time!;
      const order = query.sortOrder ?? (query.sortBy === undefined ? "desc" : "asc");
      const chats = sorted(chatsOf(world, number), key, order);
      return same(page(chats, query).map((chat) => ({ ...overview(chat), archived: false, pinned: false })));
    },
  }),
  numberRoute({
    row: "50",
    method: "GET",
    path: "/{sessionId}/chats/overview",
    needs: "ready",
    query: { limit: "int?", offset: "int?", ids: "commas" },
    handle({ world, number, query }) {
      const wanted = chatsOf(world, number).filter(
        ({ id }) => query.ids.length === 0 || query.ids.includes(id),
      );
      return same(page(sorted(wanted, SORT_KEYS.time!, "desc"), query).map(overview));
    },
  }),
  numberRoute({
    row: "51",
    method: "POST",
    path: "/{sessionId}/chats/{chatId}/messages/read",
    needs: "ready",
    query: { messages: "int?", days: "int?" },
    handle(call) {
      const { messages, days } = call.query;
      const since = days === undefined ? 0 : call.world.now() - days * 86_400_000;
      const unread = newest(call).filter((message) => isUnread(message) && message.at >= since);
      const read = unread.slice(0, messages);
      for (const message of read) markRead(call.world, message);
      return same({ success: true, message: `${read.length} messages marked as read` });
    },
  }),
  numberRoute({
    row: "52",
    method: "GET",
    path: "/{sessionId}/chats/{chatId}/messages",
    needs: "ready",
    query: {
      limit: "upTo50?",
      offset: "int?",
      downloadMedia: "boolean?",
      "filter.timestamp.lte": "int?",
      "filter.timestamp.gte": "int?",
      "filter.fromMe": "boolean?",
      "filter.ack": "numbers",
    },
    handle(call) {
      const { query } = call;
      const until = query["filter.timestamp.lte"] ?? Number.POSITIVE_INFINITY;
      const since = query["filter.timestamp.gte"] ?? 0;
      const fromMe = query["filter.fromMe"];
      const acks = query["filter.ack"];
      const wanted = newest(call).filter((message) => {
        const seconds = Math.floor(message.at / 1000);
        if (seconds > until || seconds < since) return false;
        if (fromMe !== undefined && message.fromMe !== fromMe) return false;
        return acks.length === 0 || acks.includes(message.ack);
      });
      const own = ownChat(call.number);
      const media = query.downloadMedia ? call.world.settings.media : undefined;
      return same(page(wanted, query, 10).map((one) => chatMessage(one, own, media)));
    },
  }),
  numberRoute({
    row: "53",
    method: "GET",
    path: "/{sessionId}/chats/{chatId}/picture",
    needs: "ready",
    query: { refresh: "boolean?" },
    handle: (call) => same({ url: pictureOf(call), mimetype: "image/jpeg" }),
  }),
  numberRoute({
    row: "54",
    method: "GET",
    path: "/{sessionId}/chats/{chatId}/messages/{messageId}",
    needs: "ready",
    query: { downloadMedia: "boolean?" },
    handle(call) {
      const message = call.world.message(call.number.session, call.params.messageId);
      if (message?.chatId !== chatIdOf(call)) throw notFound("Message");
      const media = call.query.downloadMedia ? call.world.settings.media : undefined;
      return same(chatMessage(message, ownChat(call.number), media));
    },
  }),
];
