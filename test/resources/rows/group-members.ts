import { G, PHONE, type Reply, type Row, S } from "../row.js";

const path = (rest: string) => `/${S}/groups/${G}/${rest}`;

const code: Pick<Row, "replies" | "fields"> = {
  replies: [
    { name: "the client's, in quotes", json: "AbC-_12", gives: { inviteCode: "AbC-_12" } },
    { name: "the client's, without quotes", text: "AbC-_12\n", gives: { inviteCode: "AbC-_12" } },
    { name: "the page's", json: { success: true, inviteCode: "AbC" }, gives: { inviteCode: "AbC" } },
    {
      name: "with more",
      json: { inviteCode: "AbC", addedLater: 1 },
      gives: { inviteCode: "AbC", addedLater: 1 },
    },
  ],
  fields: { inviteCode: "text" },
};
const link: Pick<Row, "replies" | "fields"> = {
  replies: [
    {
      name: "the page's",
      json: { success: true, inviteLink: "https://chat.whatsapp.com/AbC", expiresAt: "2025-07-10" },
      gives: { inviteLink: "https://chat.whatsapp.com/AbC", expiresAt: "2025-07-10" },
    },
    {
      name: "below data",
      json: { success: true, data: { inviteLink: "https://chat.whatsapp.com/AbC", expiresAt: null } },
      gives: { inviteLink: "https://chat.whatsapp.com/AbC" },
    },
  ],
  fields: { inviteLink: "text", expiresAt: "text?" },
};

const silent = { succeeded: [], failed: [] };
const told: Record<string, Reply> = {
  add: {
    name: "the page's",
    json: {
      success: true,
      data: { added: [{ id: "1@c.us", reason: "SUCCESS" }], failed: [{ id: "2@c.us", reason: "NOT_FOUND" }] },
    },
    gives: {
      succeeded: [{ id: "1@c.us", reason: "SUCCESS" }],
      failed: [{ id: "2@c.us", reason: "NOT_FOUND" }],
    },
  },
  remove: {
    name: "the page's",
    json: { success: true, removed: [{ id: "1@c.us" }], message: "done" },
    gives: { succeeded: [{ id: "1@c.us" }], failed: [] },
  },
  promote: {
    name: "the page's",
    json: {
      success: true,
      promoted: [{ id: "1@c.us", isAdmin: true, isSuperAdmin: false }],
      message: "done",
    },
    gives: { succeeded: [{ id: "1@c.us" }], failed: [] },
  },
  demote: {
    name: "the page's",
    json: { success: true, data: { demoted: ["1@c.us"], failed: [{ id: "2@c.us" }, null, {}] } },
    gives: { succeeded: [{ id: "1@c.us" }], failed: [{ id: "2@c.us", reason: "UNKNOWN" }] },
  },
};

function change(verb: "add" | "remove" | "promote" | "demote", rest: string): Row {
  return {
    id: `groups.${verb}Participants`,
    call: ({ groups }) =>
      groups[`${verb}Participants`](G, {
        participants: ["+1 415 555-0123", "447700900123@s.whatsapp.net", { chatId: "999@lid" }],
        notify: false,
      }),
    method: "POST",
    path: path(rest),
    body: { participants: [PHONE, "447700900123@s.whatsapp.net", "999@lid"], notify: false },
    retry: "U",
    source: "both",
    empty: { gives: silent },
    replies: [
      told[verb] as Reply,
      { name: "success alone", json: { success: true }, gives: silent },
      { name: "a text", text: "OK", gives: silent },
    ],
    fields: { succeeded: "list", failed: "list" },
  };
}

const member = {
  jid: "14155550123@c.us",
  phoneNumber: PHONE,
  lid: "999@lid",
  isAdmin: true,
  isSuperAdmin: false,
  displayName: "Ann",
  error: 0,
  addRequest: null,
};

export const groupMemberRows: Row[] = [
  {
    id: "groups.getInviteCode",
    call: ({ groups }) => groups.getInviteCode(G),
    method: "GET",
    path: path("invite-code"),
    retry: "A",
    source: "both",
    ...code,
  },
  {
    id: "groups.revokeInviteCode",
    call: ({ groups }) => groups.revokeInviteCode(G),
    method: "POST",
    path: path("invite-code/revoke"),
    retry: "U",
    source: "both",
    ...code,
  },
  {
    id: "groups.getInviteLink",
    call: ({ groups }) => groups.getInviteLink(G),
    method: "GET",
    path: path("invite-link"),
    retry: "A",
    source: "docs",
    ...link,
  },
  {
    id: "groups.revokeInviteLink",
    call: ({ groups }) => groups.revokeInviteLink(G),
    method: "POST",
    path: path("invite-link/revoke"),
    retry: "U",
    source: "docs",
    ...link,
  },
  {
    id: "groups.listParticipants",
    call: ({ groups }) => groups.listParticipants(G),
    method: "GET",
    path: path("participants"),
    retry: "A",
    source: "both",
    replies: [
      { name: "bare", json: [member], gives: [member] },
      {
        name: "the page's",
        json: {
          success: true,
          participants: [{ jid: "1@c.us", phoneNumber: "+1", isAdmin: "true", joinedAt: "2025-06-10" }],
          error: null,
        },
        gives: [
          { jid: "1@c.us", phoneNumber: "+1", isAdmin: true, isSuperAdmin: false, joinedAt: "2025-06-10" },
        ],
      },
      {
        name: "the engine's",
        json: [{ JID: "999@lid", PhoneNumber: "1@c.us", IsSuperAdmin: true, IsAdmin: true, DisplayName: "" }],
        gives: [
          {
            JID: "999@lid",
            PhoneNumber: "1@c.us",
            IsSuperAdmin: true,
            IsAdmin: true,
            DisplayName: "",
            jid: "999@lid",
            phoneNumber: "1@c.us",
            isAdmin: true,
            isSuperAdmin: true,
            displayName: "",
          },
        ],
      },
      { name: "nobody", json: [], gives: [] },
    ],
    fields: {
      jid: "text",
      phoneNumber: "text?",
      lid: "text?",
      isAdmin: "flag",
      isSuperAdmin: "flag",
      displayName: "text?",
    },
  },
  change("add", "participants/add"),
  change("remove", "participants/remove"),
  change("promote", "admin/promote"),
  change("demote", "admin/demote"),
];
