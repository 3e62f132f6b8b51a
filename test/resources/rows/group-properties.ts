import { G, type Row, S, VOID } from "../row.js";

const path = (rest: string) => `/${S}/groups/${G}/${rest}`;
const secure = "settings/security";

function put(
  name: string,
  rest: string,
  call: Row["call"],
  body: object,
  retry: Row["retry"],
  source: Row["source"],
): Row {
  return { id: `groups.${name}`, call, method: "PUT", path: path(rest), body, retry, source, ...VOID };
}

const onOff = (
  name: "getInfoAdminOnly" | "getMessagesAdminOnly",
  rest: string,
  source: Row["source"],
): Row => ({
  id: `groups.${name}`,
  call: (wasend) => wasend.groups[name](G),
  method: "GET",
  path: path(`${secure}/${rest}`),
  retry: "A",
  source,
  replies: [
    {
      name: "in both sources",
      json: { enabled: true, changedAt: "2025-06-10", changedBy: "14155550100@c.us", addedLater: 1 },
      gives: { enabled: true, changedAt: "2025-06-10", changedBy: "14155550100@c.us", addedLater: 1 },
    },
    {
      name: "enveloped, a text",
      json: { success: true, data: { enabled: "false" } },
      gives: { enabled: false },
    },
    { name: "with success", json: { success: true, enabled: false, error: null }, gives: { enabled: false } },
  ],
  fields: { enabled: "flag", changedAt: "text?", changedBy: "text?" },
});

export const groupPropertyRows: Row[] = [
  {
    id: "groups.getPicture",
    call: (wasend) => wasend.groups.getPicture(G, { refresh: true }),
    method: "GET",
    path: path("picture"),
    query: { refresh: "true" },
    retry: "A",
    source: "both",
    replies: [
      {
        name: "bare",
        json: {
          url: "https://e.com/p",
          format: "png",
          size: 12,
          dimensions: { width: 1, height: 2, dpi: 3 },
        },
        gives: {
          url: "https://e.com/p",
          format: "png",
          size: 12,
          dimensions: { width: 1, height: 2, dpi: 3 },
        },
      },
      {
        name: "enveloped",
        json: { success: true, picture: { url: "https://e.com/p", type: "image", size: "9" } },
        gives: { url: "https://e.com/p", type: "image", size: 9 },
      },
    ],
    fields: { url: "text?", format: "text?", size: "number?", dimensions: "object?", mimetype: "text?" },
  },
  put(
    "setPicture",
    "picture",
    ({ groups }) => groups.setPicture(G, { url: "https://e.com/p", format: "webp", cropToSquare: false }),
    { url: "https://e.com/p", format: "webp", cropToSquare: false },
    "U",
    "both",
  ),
  {
    id: "groups.deletePicture",
    call: ({ groups }) => groups.deletePicture(G),
    method: "DELETE",
    path: path("picture"),
    retry: "A",
    source: "both",
    ...VOID,
  },
  {
    id: "groups.getDescription",
    call: ({ groups }) => groups.getDescription(G),
    method: "GET",
    path: path("description"),
    retry: "A",
    source: "docs",
    replies: [
      { name: "the page's", json: { success: true, description: "D" }, gives: { description: "D" } },
      { name: "none set", json: { success: true, description: null }, gives: { description: "" } },
    ],
    fields: { description: "text" },
  },
  put(
    "setDescription",
    "description",
    ({ groups }) => groups.setDescription(G, { description: "" }),
    { description: "" },
    "U",
    "sdk",
  ),
  {
    id: "groups.getSubject",
    call: ({ groups }) => groups.getSubject(G),
    method: "GET",
    path: path("subject"),
    retry: "A",
    source: "docs",
    replies: [
      { name: "the page's", json: { success: true, subject: "S", error: null }, gives: { subject: "S" } },
      {
        name: "below data",
        json: { success: true, data: { subject: "S", x: 1 } },
        gives: { subject: "S", x: 1 },
      },
    ],
    fields: { subject: "text" },
  },
  put(
    "setSubject",
    "subject",
    ({ groups }) => groups.setSubject(G, { subject: "👩‍🚀 25 characters at most" }),
    { subject: "👩‍🚀 25 characters at most" },
    "U",
    "both",
  ),
  put("setName", "name", ({ groups }) => groups.setName(G, { name: "Crew" }), { name: "Crew" }, "U", "docs"),
  {
    id: "groups.getSettings",
    call: ({ groups }) => groups.getSettings(G),
    method: "GET",
    path: path("settings"),
    retry: "A",
    source: "docs",
    replies: [
      {
        name: "the page's",
        json: {
          success: true,
          settings: {
            infoAdminOnly: true,
            messagesAdminOnly: false,
            ephemeralDuration: 86400,
            noFrequentlyForwarded: false,
          },
          error: null,
        },
        gives: {
          infoAdminOnly: true,
          messagesAdminOnly: false,
          ephemeralDuration: 86400,
          noFrequentlyForwarded: false,
        },
      },
      {
        name: "texts",
        json: { infoAdminOnly: "true", ephemeralDuration: "0", x: 1 },
        gives: { infoAdminOnly: true, ephemeralDuration: 0, x: 1 },
      },
    ],
    fields: {
      infoAdminOnly: "flag?",
      messagesAdminOnly: "flag?",
      ephemeralDuration: "number?",
      noFrequentlyForwarded: "flag?",
    },
  },
  put(
    "setSettings",
    "settings",
    ({ groups }) => groups.setSettings(G, { infoAdminOnly: true, messagesAdminOnly: false }),
    { infoAdminOnly: true, messagesAdminOnly: false },
    "A",
    "docs",
  ),
  onOff("getInfoAdminOnly", "info-admin-only", "both"),
  put(
    "setInfoAdminOnly",
    `${secure}/info-admin-only`,
    ({ groups }) => groups.setInfoAdminOnly(G, { enabled: true }),
    { enabled: true },
    "A",
    "both",
  ),
  onOff("getMessagesAdminOnly", "messages-admin-only", "sdk"),
  put(
    "setMessagesAdminOnly",
    `${secure}/messages-admin-only`,
    ({ groups }) => groups.setMessagesAdminOnly(G, { enabled: false }),
    { enabled: false },
    "A",
    "both",
  ),
];
