import { type FieldKind, G, PHONE, type Reply, type Row, S, VOID } from "../row.js";

const member = {
  jid: "14155550123@c.us",
  phoneNumber: PHONE,
  isAdmin: true,
  isSuperAdmin: false,
  displayName: "Ann",
};

/** The client's shape, in part. */
const group = {
  jid: G,
  ownerJid: "14155550100@c.us",
  ownerPn: "+14155550100",
  name: "Launch",
  topic: "All about it",
  groupCreated: "2025-06-10T10:00:00Z",
  isLocked: false,
  isAnnounce: true,
  addressingMode: "lid",
  disappearingTimer: 0,
  participants: [{ ...member, lid: "999@lid", error: 0 }],
};
const bare = { ...group, description: "All about it", createdAt: "2025-06-10T10:00:00Z" };

/** The pages' short group. */
const short = {
  jid: G,
  name: "Launch",
  ownerJid: "14155550100@c.us",
  description: "All about it",
  participants: [{ jid: member.jid, phoneNumber: PHONE, isAdmin: true, displayName: "Ann" }],
  createdAt: "2025-06-10T10:00:00Z",
  settings: { infoAdminOnly: true, messagesAdminOnly: false },
};
const fromShort = {
  ...short,
  participants: [{ ...short.participants[0], isSuperAdmin: false }],
  isAnnounce: false,
  isLocked: true,
};

/** The page's info. */
const info = {
  id: G,
  name: "Launch",
  subject: "Launch",
  description: "All about it",
  creation: 1749549600,
  owner: { jid: "14155550100@c.us", phoneNumber: "+14155550100" },
  participants: [member],
  settings: { announce: true, restrict: false, ephemeral: 86400, noFrequentlyForwarded: true },
};
const fromInfo = {
  ...info,
  jid: G,
  ownerJid: "14155550100@c.us",
  createdAt: "2025-06-10T10:00:00.000Z",
  isAnnounce: true,
  isLocked: false,
  settings: { ...info.settings, messagesAdminOnly: true, infoAdminOnly: false, ephemeralDuration: 86400 },
};

/** The engine's record. */
const pascal = {
  JID: G,
  OwnerJID: "14155550100@s.whatsapp.net",
  Name: "Launch",
  Topic: "All about it",
  IsLocked: true,
  IsAnnounce: false,
  GroupCreated: "2025-06-10T12:00:00+02:00",
  Participants: [
    {
      JID: "999@lid",
      PhoneNumber: "14155550123@s.whatsapp.net",
      LID: "999@lid",
      IsAdmin: true,
      IsSuperAdmin: true,
    },
  ],
};
const fromPascal = {
  ...pascal,
  jid: G,
  ownerJid: "14155550100@s.whatsapp.net",
  name: "Launch",
  description: "All about it",
  isLocked: true,
  isAnnounce: false,
  createdAt: "2025-06-10T12:00:00+02:00",
  participants: [
    {
      ...pascal.Participants[0],
      jid: "999@lid",
      phoneNumber: "14155550123@s.whatsapp.net",
      lid: "999@lid",
      isAdmin: true,
      isSuperAdmin: true,
    },
  ],
};

const shapes: { name: string; json: object; gives: object }[] = [
  { name: "the client's shape", json: group, gives: bare },
  { name: "the page's short group", json: short, gives: fromShort },
  { name: "the engine's record", json: pascal, gives: fromPascal },
  {
    name: "nothing but an id",
    json: { id: G, tags: ["vip", 1] },
    gives: { id: G, jid: G, name: "", tags: ["vip", "1"] },
  },
  {
    name: "the time as a numeric text",
    json: { jid: G, name: "L", groupCreated: "1749549600" },
    gives: { jid: G, name: "L", groupCreated: "1749549600", createdAt: "2025-06-10T10:00:00.000Z" },
  },
];
const one: Reply[] = [
  ...shapes,
  { name: "the page's info", json: { success: true, info }, gives: fromInfo },
  { name: "enveloped as group", json: { success: true, group: info }, gives: fromInfo },
  { name: "enveloped as data", json: { success: true, data: short, error: null }, gives: fromShort },
  {
    name: "joined",
    json: { id: G, name: "Launch", participantsCount: "3", pictureUrl: "https://e.com/p" },
    gives: { id: G, jid: G, name: "Launch", participantsCount: 3, pictureUrl: "https://e.com/p" },
  },
];
const fields: Record<string, FieldKind> = {
  jid: "text",
  name: "text",
  description: "text?",
  ownerJid: "text?",
  participants: "list?",
  participantsCount: "number?",
  createdAt: "text?",
  isAnnounce: "flag?",
  isLocked: "flag?",
  tags: "list?",
  settings: "object?",
};
const shared = { replies: one, fields };
const link = "https://chat.whatsapp.com/AbC-1";

export const groupRows: Row[] = [
  {
    id: "groups.create",
    call: (wasend) =>
      wasend.groups.create({
        name: "A name that is longer than 25 characters",
        participants: [PHONE, { id: "999@lid", isAdmin: true }, { chatId: "14155550124@c.us" }],
        description: "",
        pictureUrl: "https://e.com/p",
        tags: ["vip"],
      }),
    method: "POST",
    path: `/${S}/groups`,
    body: {
      name: "A name that is longer than 25 characters",
      participants: [{ id: PHONE }, { id: "999@lid", isAdmin: true }, { id: "14155550124@c.us" }],
      description: "",
      pictureUrl: "https://e.com/p",
      tags: ["vip"],
    },
    retry: "U",
    source: "both",
    ...shared,
  },
  {
    id: "groups.list",
    call: (wasend) =>
      wasend.groups.list({
        sortBy: "createdAt",
        sortOrder: "asc",
        limit: 5,
        offset: 5,
        exclude: ["participants", "description"],
        status: "active",
        search: "a b&c",
        tags: ["x y", "z"],
      }),
    method: "GET",
    path: `/${S}/groups`,
    query: {
      sortBy: "createdAt",
      sortOrder: "asc",
      limit: "5",
      offset: "5",
      "exclude[]": ["participants", "description"],
      status: "active",
      search: "a b&c",
      "tags[]": ["x y", "z"],
    },
    rawQuery:
      "sortBy=createdAt&sortOrder=asc&limit=5&offset=5&exclude[]=participants&exclude[]=description&status=active&search=a+b%26c&tags[]=x+y&tags[]=z",
    retry: "A",
    source: "both",
    replies: [
      { name: "bare", json: shapes.map(({ json }) => json), gives: shapes.map(({ gives }) => gives) },
      {
        name: "the page's envelope",
        json: { groups: [short], pagination: { total: 1, limit: 5, offset: 5, hasMore: false } },
        gives: [fromShort],
      },
      { name: "enveloped as data", json: { success: true, data: { groups: [group] } }, gives: [bare] },
      { name: "none", json: { groups: [] }, gives: [] },
    ],
    fields,
  },
  {
    id: "groups.count",
    call: (wasend) => wasend.groups.count(),
    method: "GET",
    path: `/${S}/groups/count`,
    retry: "A",
    source: "both",
    replies: [
      {
        name: "the client's texts in upper case",
        json: { total: "5", byStatus: { ACTIVE: "3", ARCHIVED: "2", NEWER: "0" } },
        gives: { total: 5, byStatus: { active: 3, archived: 2, newer: 0 } },
      },
      {
        name: "the page's numbers",
        json: { total: 5, byStatus: { active: 3, archived: 1, deleted: 1 } },
        gives: { total: 5, byStatus: { active: 3, archived: 1, deleted: 1 } },
      },
      { name: "the total alone", json: { total: 0 }, gives: { total: 0 } },
    ],
    fields: { total: "number", byStatus: "object?" },
  },
  {
    id: "groups.get",
    call: (wasend) => wasend.groups.get(` ${G} `, { session: "sess_2" }),
    method: "GET",
    path: `/sess_2/groups/${G}`,
    retry: "A",
    source: "both",
    ...shared,
  },
  {
    id: "groups.joinInfo",
    call: (wasend) => wasend.groups.joinInfo({ code: link }),
    method: "GET",
    path: `/${S}/groups/join-info`,
    query: { code: link },
    rawQuery: "code=https:%2F%2Fchat.whatsapp.com%2FAbC-1",
    retry: "A",
    source: "both",
    ...shared,
  },
  {
    id: "groups.join",
    call: (wasend) => wasend.groups.join({ code: link }),
    method: "POST",
    path: `/${S}/groups/join`,
    body: { code: link },
    retry: "U",
    source: "both",
    ...shared,
  },
  {
    id: "groups.leave",
    call: (wasend) => wasend.groups.leave("1234567890-12345678@g.us"),
    method: "POST",
    path: `/${S}/groups/1234567890-12345678@g.us/leave`,
    retry: "U",
    source: "both",
    ...VOID,
  },
];
