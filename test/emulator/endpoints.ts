import * as s from "./contract-shapes.js";
import { all, type Shape } from "./shape.js";

/** One published method and path, with a request that must succeed and the body of each dialect. */
export interface Endpoint {
  row: string;
  method: string;
  path: string;
  body?: Record<string, unknown>;
  sdk: Shape | undefined;
  docs: Shape | undefined;
}

const S = "{session}";
const to = "+14155550123";
const member = "+14155550124";
const G = `/${S}/groups/{group}`;
const C = `/${S}/chats/14155550123@c.us`;
const url = "https://example.com/a";

const row = (
  name: string,
  method: string,
  path: string,
  sdk: Shape | undefined,
  docs: Shape | undefined,
  body?: Record<string, unknown>,
): Endpoint => ({ row: name, method, path, body, sdk, docs });
const both = (
  name: string,
  method: string,
  path: string,
  shape: Shape | undefined,
  body?: Record<string, unknown>,
) => row(name, method, path, shape, shape, body);
/** Nothing in the old SDK's types, a body on the page. */
const page = (name: string, method: string, path: string, shape: Shape, body?: Record<string, unknown>) =>
  row(name, method, path, undefined, shape, body);

const send = (name: string, path: string, body: Record<string, unknown>) =>
  both(name, "POST", path, s.waMessage, { session: S, to, ...body });
const link = { text: "see https://example.com", preview: { title: "T", description: "D" } };
const participants = { participants: [member] };

export const endpoints: Endpoint[] = [
  row("1", "POST", "/sessions", s.session, s.shortSession, { sessionName: "a", phoneNumber: "+14155550199" }),
  row(
    "2",
    "GET",
    "/sessions",
    { sessions: [{ session: s.sessionDetails, downstream: s.downstream }] },
    { sessions: [{ session: s.shortSession }] },
  ),
  row("3", "GET", `/sessions/${S}`, s.session, s.sessionWithFlags),
  page("4", "DELETE", `/sessions/${S}`, s.ok),
  both("5", "POST", `/sessions/${S}/start`, s.session),
  both("6", "POST", `/sessions/${S}/stop`, s.session),
  row("7", "POST", `/sessions/${S}/restart`, s.session, s.shortSession),
  both("8", "GET", "/sessions/{scanning}/auth/qr", { data: "string" }),
  both("8b", "GET", "/sessions/{scanning}/qr", { data: "string" }),
  send("9", "/send", { text: "Hello", preview: { title: "T" } }),
  send("10", "/sendText", { text: "Hello" }),
  send("11", "/sendImage", { url, caption: "cap" }),
  send("12", "/sendFile", { data: "aGk=", fileName: "a.txt", mimeType: "text/plain" }),
  send("13", "/sendVoice", { url, duration: 3 }),
  send("14", "/sendVideo", { url }),
  send("15", "/send/link-custom-preview", link),
  send("15b", "/sendLinkCustomPreview", link),
  page("16", "POST", "/sendSeen", s.ok, { session: S, to, messageId: "{message}" }),
  page("17", "POST", "/startTyping", s.ok, { session: S, to }),
  page("18", "POST", "/stopTyping", s.ok, { session: S, to: "{group}" }),
  both("19", "PUT", "/reaction", s.ok, { session: S, messageId: "{message}", reaction: "👍" }),
  both("20", "GET", "/messages/{message}", all("string", "id to content sentAt status")),
  both("21", "GET", "/account", all("string", "id name plan")),
  row("22", "POST", `/${S}/groups`, s.group, s.shortGroup, {
    name: "New",
    participants: [{ id: to, isAdmin: true }, { id: member }],
    tags: ["vip"],
  }),
  row("23", "GET", `/${S}/groups?limit=10&sortBy=creation&sortOrder=desc`, [s.group], {
    groups: [s.shortGroup],
    pagination: { ...all("number", "total limit offset"), hasMore: "boolean" },
  }),
  row("24", "GET", `/${S}/groups/join-info?code={code}`, s.group, s.joinInfo),
  row("25", "POST", `/${S}/groups/join`, s.joined.sdk, s.joined.docs, { code: "{code}" }),
  row(
    "26",
    "GET",
    `/${S}/groups/count`,
    { total: "number", byStatus: all("string", "ACTIVE ARCHIVED DELETED") },
    { total: "number", byStatus: all("number", "active archived deleted") },
  ),
  row("27", "GET", G, s.group, s.groupInfo),
  both("27b", "GET", `${G}/info`, s.groupInfo),
  page("28", "POST", `${G}/leave`, { success: "boolean", message: "string" }),
  row("29", "GET", `${G}/picture?refresh=true`, s.picture, {
    success: "boolean",
    picture: { ...all("string", "url type"), size: "number" },
  }),
  page("30", "PUT", `${G}/picture`, s.told("url"), { url, format: "png", cropToSquare: false }),
  page("31", "DELETE", `${G}/picture`, s.ok),
  both("32", "PUT", `${G}/description`, undefined, { description: "" }),
  page("33", "PUT", `${G}/subject`, s.told("subject"), { subject: "Other" }),
  page("34", "PUT", `${G}/settings/security/info-admin-only`, s.told("enabled", "boolean"), {
    enabled: true,
  }),
  both("35", "GET", `${G}/settings/security/info-admin-only`, s.switchState),
  page("36", "PUT", `${G}/settings/security/messages-admin-only`, s.told("enabled", "boolean"), {
    enabled: true,
  }),
  both("37", "GET", `${G}/settings/security/messages-admin-only`, s.switchState),
  row("38", "GET", `${G}/invite-code`, "string", { success: "boolean", inviteCode: "string" }),
  row("39", "POST", `${G}/invite-code/revoke`, "string", { success: "boolean", inviteCode: "string" }),
  row("40", "GET", `${G}/participants`, [s.participant], {
    success: "boolean",
    participants: [s.pageParticipant],
    error: "null",
  }),
  page("41", "POST", `${G}/participants/add`, s.results("added"), {
    participants: ["+14155550177"],
    notify: true,
  }),
  page("42", "POST", `${G}/participants/remove`, s.removed, participants),
  both("42b", "DELETE", `${G}/participants`, s.removed, { participants: ["14155550124@s.whatsapp.net"] }),
  page("43", "POST", `${G}/admin/promote`, s.promoted, participants),
  both("43b", "POST", `${G}/participants/promote`, s.promoted, participants),
  page("44", "POST", `${G}/admin/demote`, s.results("demoted"), { participants: [to], notify: false }),
  both("44b", "POST", `${G}/participants/demote`, s.results("demoted"), {
    participants: [to],
    notify: false,
  }),
  both("D1", "GET", `${G}/invite-link`, s.inviteLink),
  both("D2", "POST", `${G}/invite-link/revoke`, s.inviteLink),
  both("D3", "GET", `${G}/description`, { success: "boolean", description: "string" }),
  both("D4", "GET", `${G}/subject`, { success: "boolean", subject: "string", error: "null" }),
  both("D5", "PUT", `${G}/name`, s.told("name"), { name: "Other" }),
  both("D6", "GET", `${G}/settings`, s.settingsReply),
  both("D7", "PUT", `${G}/settings`, s.settingsTold, { infoAdminOnly: true, messagesAdminOnly: false }),
  both("45", "GET", `/contacts/all?session=${S}&limit=5&sortBy=name`, [s.contact]),
  both("46", "GET", `/contacts?session=${S}&contactId=14155550123%40c.us`, s.contact),
  both("47", "GET", `/contacts/check-exists?session=${S}&phone=14155550123`, {
    exists: "boolean",
    phone: "string",
    "jid?": "string",
  }),
  both(
    "48",
    "GET",
    `/contacts/profile-picture?session=${S}&contactId=%2B14155550123&refresh=true`,
    s.picture,
  ),
  both("49", "GET", `/${S}/chats?sortBy=conversationTimestamp&sortOrder=desc&offset=0`, [s.chat]),
  both("50", "GET", `/${S}/chats/overview?ids=14155550123@c.us,{group}`, [s.overview]),
  both("51", "POST", `${C}/messages/read?messages=5&days=7`, { success: "boolean", "message?": "string" }),
  both("52", "GET", `${C}/messages?limit=10&downloadMedia=true&filter.fromMe=false`, [s.chatMessage]),
  both("53", "GET", `${C}/picture?refresh=true`, all("string", "url? file? mimetype?")),
  both("54", "GET", `${C}/messages/{message}?downloadMedia=true`, s.chatMessage),
];
