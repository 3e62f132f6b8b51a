import { all, type Shape } from "./shape.js";

const flags = all("boolean", "enableAccountProtection enableMessageLogging enableWebhook");
const config = {
  metadata: all("string", "userId userEmail"),
  proxy: "any",
  debug: "boolean",
  noweb: { markOnline: "boolean", store: all("boolean", "enabled fullSync") },
  webhooks: "array",
};
const engine = { grpc: all("string", "client stream"), gows: all("boolean", "found connected") };

export const sessionDetails: Shape = {
  ...all("string", "id uniqueSessionId userId sessionName phoneNumber createdAt updatedAt webhookUrl?"),
  ...flags,
};
export const downstream: Shape = { ...all("string", "name status"), config, engine };
export const session: Shape = { ...sessionDetails, ...downstream };
export const shortSession = all(
  "string",
  "uniqueSessionId sessionName phoneNumber status createdAt updatedAt",
);
export const sessionWithFlags: Shape = { ...shortSession, config: { ...flags, "webhookUrl?": "string" } };

export const waMessage: Shape = {
  ...all("string", "id to content type timestamp status sender recipient"),
  fromMe: "boolean",
};
export const chatMessage: Shape = {
  ...all("string", "id chatId from to caption? type mediaUrl? mimetype? filename? quotedMsgId?"),
  "body?": "any",
  timestamp: "number",
  fromMe: "boolean",
  "ack?": "number",
  "hasMedia?": "boolean",
};
export const overview: Shape = {
  ...all("string", "id name?"),
  "isGroup?": "boolean",
  ...all("number", "timestamp? unreadCount?"),
};
export const chat: Shape = { ...overview, ...all("boolean", "archived? pinned?") };
export const contact: Shape = {
  ...all("string", "id phoneNumber name? pushName? profilePictureUrl? status?"),
  "businessProfile?": "object",
};
export const picture: Shape = {
  url: "string",
  "format?": "string",
  "size?": "number",
  "dimensions?": "object",
};

export const participant: Shape = {
  ...all("string", "jid phoneNumber lid? displayName?"),
  ...all("boolean", "isAdmin isSuperAdmin"),
  "error?": "number",
  "addRequest?": "any",
};
export const pageParticipant: Shape = {
  ...all("string", "jid phoneNumber joinedAt displayName"),
  ...all("boolean", "isAdmin isSuperAdmin"),
};
export const group: Shape = {
  ...all(
    "string",
    "jid ownerJid ownerPn name nameSetAt nameSetBy nameSetByPn topic topicId topicSetAt topicSetBy topicSetByPn announceVersionId defaultMembershipApprovalMode linkedParentJid addressingMode groupCreated creatorCountryCode participantVersionId memberAddMode",
  ),
  ...all(
    "boolean",
    "topicDeleted isLocked isAnnounce isEphemeral isIncognito isParent isDefaultSubGroup isJoinApprovalRequired",
  ),
  disappearingTimer: "number",
  participants: [participant],
};
const settings = all("boolean", "infoAdminOnly messagesAdminOnly");
export const shortGroup: Shape = {
  ...all("string", "jid name ownerJid ownerPn description createdAt"),
  participants: [{ ...all("string", "jid phoneNumber displayName"), isAdmin: "boolean" }],
  ...all("boolean", "isAnnounce isLocked"),
  settings,
};
export const groupInfo: Shape = {
  success: "boolean",
  info: {
    ...all("string", "id name subject description creation"),
    owner: all("string", "jid phoneNumber"),
    participants: [pageParticipant],
    settings: { ...all("boolean", "announce restrict noFrequentlyForwarded"), ephemeral: "number" },
  },
};
export const joinInfo: Shape = {
  success: "boolean",
  data: {
    ...all("string", "jid name topic groupCreated ownerJid"),
    participantsCount: "number",
    ...all("boolean", "isAnnounce isLocked"),
  },
  error: "null",
};
export const joined: Record<"sdk" | "docs", Shape> = {
  sdk: { ...all("string", "id name description? pictureUrl?"), participantsCount: "number" },
  docs: {
    success: "boolean",
    group: {
      ...all("string", "id name description ownerJid createdAt"),
      participantsCount: "number",
      settings,
      participants: [pageParticipant],
    },
  },
};
export const switchState: Shape = { enabled: "boolean", ...all("string", "changedAt? changedBy?") };
export const ok: Shape = { success: "boolean" };
export const told = (field: string, shape: Shape = "string"): Shape => ({
  success: "boolean",
  [field]: shape,
  message: "string",
});
export const results = (field: string): Shape => ({
  success: "boolean",
  data: { [field]: [all("string", "id reason")], failed: "array" },
});
export const removed: Shape = told("removed", [{ id: "string" }]);
export const promoted: Shape = told("promoted", [
  { id: "string", ...all("boolean", "isAdmin isSuperAdmin") },
]);
export const inviteLink: Shape = { success: "boolean", ...all("string", "inviteLink expiresAt") };
export const settingsReply: Shape = {
  success: "boolean",
  settings: { ...settings, ephemeralDuration: "number", noFrequentlyForwarded: "boolean" },
  error: "null",
};
export const settingsTold: Shape = told("settings", settings);
