import { readSettings } from "./group.js";
import { type Fields, operation } from "./operation.js";
import { defined, flag, nothing, pick, record, text } from "./read.js";

/** One of a group's switches. */
export interface GroupSwitch {
  enabled: boolean;
  changedAt?: string;
  changedBy?: string;
}

function readSwitch(json: unknown): GroupSwitch | undefined {
  const found = record(json);
  const enabled = flag(found?.enabled);
  if (found === undefined || enabled === undefined) return undefined;
  return defined({
    ...found,
    enabled,
    changedAt: text(pick(found, "changedAt")),
    changedBy: text(pick(found, "changedBy")),
  });
}

/** Settings are states, not events: setting one twice is setting it once. */
const set = { method: "PUT", retry: "always", expects: "nothing", reply: nothing } as const;
const enabled: Fields = (fields) => ({ enabled: fields.flag() });

export const getGroupSettings = operation({
  id: "groups.getSettings",
  method: "GET",
  path: "/{session}/groups/{groupId}/settings",
  retry: "always",
  source: "docs",
  page: "/docs/groups/get-settings",
  expects: "a group's settings",
  reply: readSettings,
});

export const setGroupSettings = operation({
  ...set,
  id: "groups.setSettings",
  path: "/{session}/groups/{groupId}/settings",
  source: "docs",
  page: "/docs/groups/set-settings",
  body: (fields) => ({ infoAdminOnly: fields.flag(), messagesAdminOnly: fields.flag() }),
});

export const getInfoAdminOnly = operation({
  id: "groups.getInfoAdminOnly",
  method: "GET",
  path: "/{session}/groups/{groupId}/settings/security/info-admin-only",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-info-admin-only",
  expects: "a switch",
  reply: readSwitch,
});

export const setInfoAdminOnly = operation({
  ...set,
  id: "groups.setInfoAdminOnly",
  path: "/{session}/groups/{groupId}/settings/security/info-admin-only",
  source: "both",
  page: "/docs/groups/set-info-admin-only",
  body: enabled,
});

export const getMessagesAdminOnly = operation({
  id: "groups.getMessagesAdminOnly",
  method: "GET",
  path: "/{session}/groups/{groupId}/settings/security/messages-admin-only",
  retry: "always",
  source: "sdk",
  expects: "a switch",
  reply: readSwitch,
});

export const setMessagesAdminOnly = operation({
  ...set,
  id: "groups.setMessagesAdminOnly",
  path: "/{session}/groups/{groupId}/settings/security/messages-admin-only",
  source: "both",
  page: "/docs/groups/set-messages-admin-only",
  body: enabled,
});
