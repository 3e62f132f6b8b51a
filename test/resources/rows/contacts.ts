import { CHAT, type FieldKind, PHONE, type Row, S } from "../row.js";

const contact = {
  id: CHAT,
  phoneNumber: PHONE,
  name: "Ann",
  pushName: "ann",
  profilePictureUrl: "https://e.com/p",
  status: "Hey",
  businessProfile: { category: "Shop" },
  addedLater: null,
};
const fields: Record<string, FieldKind> = {
  id: "text",
  phoneNumber: "text?",
  name: "text?",
  pushName: "text?",
  profilePictureUrl: "text?",
  status: "text?",
  businessProfile: "object?",
};
const engine = { id: CHAT, number: "14155550123", pushname: "ann" };
const fromEngine = { ...engine, phoneNumber: "14155550123", pushName: "ann" };

export const contactRows: Row[] = [
  {
    id: "contacts.list",
    call: (wasend) => wasend.contacts.list({ sortBy: "name", sortOrder: "asc", limit: 5, offset: 10 }),
    method: "GET",
    path: "/contacts/all",
    query: { session: S, limit: "5", offset: "10", sortBy: "name", sortOrder: "asc" },
    retry: "A",
    source: "sdk",
    replies: [
      { name: "bare", json: [contact, engine], gives: [contact, fromEngine] },
      { name: "below its name", json: { contacts: [contact] }, gives: [contact] },
      { name: "enveloped", json: { success: true, data: [contact] }, gives: [contact] },
      { name: "none", json: [], gives: [] },
    ],
    fields,
  },
  {
    id: "contacts.get",
    call: (wasend) => wasend.contacts.get(PHONE, { session: "sess_2" }),
    method: "GET",
    path: "/contacts",
    query: { session: "sess_2", contactId: PHONE },
    rawQuery: "session=sess_2&contactId=%2B14155550123",
    retry: "A",
    source: "sdk",
    replies: [
      { name: "bare", json: contact, gives: contact },
      { name: "the engine's names", json: engine, gives: fromEngine },
      { name: "enveloped", json: { success: true, data: contact }, gives: contact },
    ],
    fields,
  },
  {
    id: "contacts.checkExists",
    call: (wasend) => wasend.contacts.checkExists({ phone: "+1 415 555 0123" }),
    method: "GET",
    path: "/contacts/check-exists",
    query: { session: S, phone: "14155550123" },
    retry: "A",
    source: "sdk",
    replies: [
      {
        name: "the client's shape",
        json: { exists: true, phone: "14155550123", jid: CHAT },
        gives: { exists: true, phone: "14155550123", jid: CHAT },
      },
      {
        name: "the engine's shape",
        json: { numberExists: true, chatId: CHAT },
        gives: { numberExists: true, chatId: CHAT, exists: true, phone: "", jid: CHAT },
      },
      {
        name: "not there",
        json: { numberExists: false },
        gives: { numberExists: false, exists: false, phone: "" },
      },
      {
        name: "enveloped, a text for the flag",
        json: { success: true, data: { exists: "false", phone: 14155550123 } },
        gives: { exists: false, phone: "14155550123" },
      },
    ],
    fields: { exists: "flag", phone: "text", jid: "text?" },
  },
  {
    id: "contacts.getPicture",
    call: (wasend) => wasend.contacts.getPicture(CHAT, { refresh: true }),
    method: "GET",
    path: "/contacts/profile-picture",
    query: { session: S, contactId: CHAT, refresh: "true" },
    rawQuery: "session=sess_1&contactId=14155550123%40c.us&refresh=true",
    retry: "A",
    source: "sdk",
    replies: [
      {
        name: "bare",
        json: {
          url: "https://e.com/p",
          format: "jpeg",
          size: "12",
          dimensions: { width: 640, height: "480" },
        },
        gives: { url: "https://e.com/p", format: "jpeg", size: 12, dimensions: { width: 640, height: 480 } },
      },
    ],
    fields: { url: "text?", format: "text?", size: "number?", dimensions: "object?", mimetype: "text?" },
  },
];

export const accountRows: Row[] = [
  {
    id: "account.get",
    call: (wasend) => wasend.account.get(),
    method: "GET",
    path: "/account",
    retry: "A",
    source: "unproven",
    replies: [
      {
        name: "the exported type",
        json: { id: "acc_1", name: "Shop", plan: "pro", seats: 3 },
        gives: { id: "acc_1", name: "Shop", plan: "pro", seats: 3 },
      },
      { name: "enveloped", json: { success: true, data: { id: 1 } }, gives: { id: "1" } },
      { name: "nothing known", json: { x: 1 }, gives: { x: 1 } },
    ],
    fields: { id: "text?", name: "text?", plan: "text?" },
  },
];
