import { CHAT, type FieldKind, G, MESSAGE, PHONE, type Reply, type Row, S } from "../row.js";

const chat = {
  id: CHAT,
  name: "Ann",
  isGroup: false,
  timestamp: 1749549600,
  unreadCount: 2,
  archived: false,
  pinned: true,
};
const chatFields: Record<string, FieldKind> = {
  id: "text",
  name: "text?",
  isGroup: "flag?",
  timestamp: "number?",
  unreadCount: "number?",
};

const message = {
  id: MESSAGE,
  chatId: CHAT,
  from: "14155550100@c.us",
  to: CHAT,
  body: "Hello",
  type: "chat",
  timestamp: 1749549600,
  fromMe: true,
  ack: 3,
  hasMedia: false,
  addedLater: "kept",
};
const messageReplies: { name: string; json: unknown; gives: object }[] = [
  { name: "bare", json: message, gives: { ...message, status: "read" } },
  ...(
    [
      [-1, "failed"],
      [0, "pending"],
      [1, "sent"],
      [2, "delivered"],
      [4, "played"],
      [5, "unknown"],
    ] as const
  ).map(([ack, status]) => ({
    name: `ack ${ack}`,
    json: { ...message, ack },
    gives: { ...message, ack, status },
  })),
  {
    name: "the client's media fields",
    json: {
      ...message,
      hasMedia: true,
      mediaUrl: "https://e.com/f",
      mimetype: "image/png",
      filename: "f.png",
    },
    gives: {
      ...message,
      status: "read",
      hasMedia: true,
      mediaUrl: "https://e.com/f",
      mimetype: "image/png",
      filename: "f.png",
      media: { url: "https://e.com/f", mimetype: "image/png", filename: "f.png" },
    },
  },
  {
    name: "the engine's media object",
    json: { ...message, hasMedia: true, media: { url: "https://e.com/f", mimetype: "image/png", s3: null } },
    gives: {
      ...message,
      status: "read",
      hasMedia: true,
      media: { url: "https://e.com/f", mimetype: "image/png", s3: null },
    },
  },
  {
    name: "texts for numbers",
    json: { ...message, timestamp: "1749549600", ack: "2", fromMe: "true" },
    gives: { ...message, ack: 2, status: "delivered" },
  },
  {
    name: "the send replies' kind of time",
    json: { ...message, timestamp: "2025-06-10T10:00:00.900Z" },
    gives: { ...message, status: "read" },
  },
  {
    name: "nothing but an id",
    json: { id: MESSAGE },
    gives: {
      id: MESSAGE,
      chatId: CHAT,
      from: "",
      type: "unknown",
      timestamp: 0,
      fromMe: false,
      status: "unknown",
    },
  },
];
const messageFields: Record<string, FieldKind> = {
  id: "text",
  chatId: "text",
  from: "text",
  to: "text?",
  body: "text?",
  caption: "text?",
  type: "text",
  timestamp: "number",
  fromMe: "flag",
  ack: "number?",
  status: "text",
  hasMedia: "flag?",
  media: "object?",
};

/** A list of chats as bare array, below its name and below `data`. */
function lists(key: string, item: object, gives: object): Reply[] {
  return [
    { name: "bare", json: [item], gives: [gives] },
    { name: "below its name", json: { [key]: [item] }, gives: [gives] },
    { name: "below data", json: { success: true, data: [item] }, gives: [gives] },
    { name: "none", json: [], gives: [] },
  ];
}

export const chatRows: Row[] = [
  {
    id: "chats.list",
    call: (wasend) =>
      wasend.chats.list({ limit: 10, offset: 0, sortBy: "conversationTimestamp", sortOrder: "desc" }),
    method: "GET",
    path: `/${S}/chats`,
    query: { limit: "10", offset: "0", sortBy: "conversationTimestamp", sortOrder: "desc" },
    retry: "A",
    source: "sdk",
    replies: [
      ...lists("chats", chat, chat),
      {
        name: "the engine's name for the time",
        json: [{ id: G, conversationTimestamp: "1749549600" }],
        gives: [{ id: G, conversationTimestamp: "1749549600", timestamp: 1749549600 }],
      },
    ],
    fields: chatFields,
  },
  {
    id: "chats.overview",
    call: (wasend) => wasend.chats.overview({ limit: 0, ids: [PHONE, G], session: "sess_2" }),
    method: "GET",
    path: "/sess_2/chats/overview",
    query: { limit: "0", ids: `${CHAT},${G}` },
    rawQuery: "limit=0&ids=14155550123%40c.us,120363025246125486%40g.us",
    retry: "A",
    source: "sdk",
    replies: [
      ...lists("chats", chat, chat),
      {
        name: "the engine's fields",
        json: [
          {
            id: CHAT,
            name: "Ann",
            picture: "https://e.com/p",
            lastMessage: { id: MESSAGE, timestamp: 7 },
            _chat: {},
          },
        ],
        gives: [
          {
            id: CHAT,
            name: "Ann",
            picture: "https://e.com/p",
            lastMessage: { id: MESSAGE, timestamp: 7 },
            _chat: {},
            timestamp: 7,
          },
        ],
      },
    ],
    fields: { ...chatFields, picture: "text?" },
  },
  {
    id: "chats.listMessages",
    call: (wasend) =>
      wasend.chats.listMessages(PHONE, {
        downloadMedia: false,
        filter: { timestampGte: 1, timestampLte: 2, fromMe: false, ack: [1, -1] },
      }),
    method: "GET",
    path: `/${S}/chats/${CHAT}/messages`,
    query: {
      limit: "50",
      downloadMedia: "false",
      "filter.timestamp.lte": "2",
      "filter.timestamp.gte": "1",
      "filter.fromMe": "false",
      "filter.ack": "1,-1",
    },
    rawQuery:
      "limit=50&downloadMedia=false&filter.timestamp.lte=2&filter.timestamp.gte=1&filter.fromMe=false&filter.ack=1,-1",
    retry: "A",
    source: "sdk",
    replies: [
      ...messageReplies.map(({ name, json, gives }) => ({ name, json: [json], gives: [gives] })),
      ...lists("messages", message, { ...message, status: "read" }),
    ],
    fields: messageFields,
  },
  {
    id: "chats.getMessage",
    call: (wasend) => wasend.chats.getMessage(G, MESSAGE, { downloadMedia: true }),
    method: "GET",
    path: `/${S}/chats/${G}/messages/${MESSAGE}`,
    query: { downloadMedia: "true" },
    retry: "A",
    source: "sdk",
    replies: [
      ...messageReplies,
      { name: "enveloped", json: { success: true, data: message }, gives: { ...message, status: "read" } },
    ],
    fields: messageFields,
  },
  {
    id: "chats.markRead",
    call: (wasend) => wasend.chats.markRead(PHONE, { messages: 0, days: 7 }),
    method: "POST",
    path: `/${S}/chats/${CHAT}/messages/read`,
    query: { messages: "0", days: "7" },
    retry: "U",
    source: "sdk",
    empty: { gives: {} },
    replies: [
      {
        name: "the client's shape",
        json: { success: true, message: "3 read" },
        gives: { message: "3 read" },
      },
      { name: "the engine's shape", json: { ids: [MESSAGE, 7] }, gives: { ids: [MESSAGE, "7"] } },
      { name: "more than known", json: { success: true, unread: 0 }, gives: { unread: 0 } },
    ],
    fields: { ids: "list?", message: "text?" },
  },
  {
    id: "chats.getPicture",
    call: (wasend) => wasend.chats.getPicture({ chatId: CHAT }, { refresh: false }),
    method: "GET",
    path: `/${S}/chats/${CHAT}/picture`,
    query: { refresh: "false" },
    retry: "A",
    source: "sdk",
    replies: [
      {
        name: "bare",
        json: { url: "https://e.com/p", mimetype: "image/png", file: "x" },
        gives: { url: "https://e.com/p", mimetype: "image/png", file: "x" },
      },
      { name: "no picture", json: { url: null }, gives: {} },
    ],
    fields: { url: "text?", format: "text?", size: "number?", dimensions: "object?", mimetype: "text?" },
  },
];
