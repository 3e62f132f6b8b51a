import { changed, groupOf, ledGroup, turn } from "../group-rules.js";
import type { NumberRecord } from "../records.js";
import { docsOnly, numberRoute, type Reply, type Route, same } from "../route.js";
import type { World } from "../world.js";

interface SettingCall {
  world: World;
  number: NumberRecord;
  params: { groupId: string };
}

function set(call: SettingCall, key: "infoAdminOnly" | "messagesAdminOnly", enabled: boolean): Reply {
  const group = ledGroup(call);
  group[key] = turn(call.world, call.number, enabled);
  changed(call, group, key);
  return docsOnly({ success: true, enabled, message: "Group setting updated" });
}

// The old SDK's type lets `changedAt` and `changedBy` of an answer through into the next request.
const body = { enabled: "boolean", changedAt: "string?", changedBy: "string?" } as const;

export const groupSettingRoutes: Route[] = [
  numberRoute({
    row: "34",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/settings/security/info-admin-only",
    needs: "ready",
    body,
    handle: (call) => set(call, "infoAdminOnly", call.body.enabled),
  }),
  numberRoute({
    row: "35",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/settings/security/info-admin-only",
    needs: "ready",
    handle: (call) => same({ ...groupOf(call).infoAdminOnly }),
  }),
  numberRoute({
    row: "36",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/settings/security/messages-admin-only",
    needs: "ready",
    body,
    handle: (call) => set(call, "messagesAdminOnly", call.body.enabled),
  }),
  numberRoute({
    row: "37",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/settings/security/messages-admin-only",
    needs: "ready",
    handle: (call) => same({ ...groupOf(call).messagesAdminOnly }),
  }),
  numberRoute({
    row: "D6",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/settings",
    needs: "ready",
    handle(call) {
      const group = groupOf(call);
      const settings = {
        infoAdminOnly: group.infoAdminOnly.enabled,
        messagesAdminOnly: group.messagesAdminOnly.enabled,
        ephemeralDuration: 0,
        noFrequentlyForwarded: false,
      };
      return same({ success: true, settings, error: null });
    },
  }),
  numberRoute({
    row: "D7",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/settings",
    needs: "ready",
    body: { infoAdminOnly: "boolean", messagesAdminOnly: "boolean" },
    handle(call) {
      const { infoAdminOnly, messagesAdminOnly } = call.body;
      set(call, "infoAdminOnly", infoAdminOnly);
      set(call, "messagesAdminOnly", messagesAdminOnly);
      return same({
        success: true,
        settings: { infoAdminOnly, messagesAdminOnly },
        message: "Group settings updated",
      });
    },
  }),
];
