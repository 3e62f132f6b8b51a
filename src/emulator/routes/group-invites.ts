import { notFound } from "../answers.js";
import { addMember, changed, groupOf, ledGroup } from "../group-rules.js";
import type { Json } from "../json.js";
import type { GroupRecord, NumberRecord } from "../records.js";
import { group, joined, joinInfo } from "../replies/groups.js";
import { numberRoute, type Route, same } from "../route.js";
import type { World } from "../world.js";

const LINK = "https://chat.whatsapp.com/";
/** How long the page's `expiresAt` lies ahead: the contract shows the field and no figure. */
const LINK_LIFE_MS = 7 * 86_400_000;

function invited(world: World, codeOrLink: string): GroupRecord {
  const code = codeOrLink.startsWith(LINK) ? codeOrLink.slice(LINK.length) : codeOrLink;
  const found = [...world.groups.values()].find(({ inviteCode }) => inviteCode === code);
  if (found === undefined) throw notFound("Invite code");
  return found;
}

const code = ({ inviteCode }: GroupRecord) => ({ sdk: inviteCode, docs: { success: true, inviteCode } });
const link = ({ inviteCode, inviteCodeAt }: GroupRecord): Json => ({
  success: true,
  inviteLink: LINK + inviteCode,
  expiresAt: new Date(inviteCodeAt + LINK_LIFE_MS).toISOString(),
});

function revoke(call: { world: World; number: NumberRecord; params: { groupId: string } }): GroupRecord {
  const found = ledGroup(call);
  found.inviteCode = call.world.ids.inviteCode();
  found.inviteCodeAt = call.world.now();
  changed(call, found, "invite");
  return found;
}

export const groupInviteRoutes: Route[] = [
  numberRoute({
    row: "24",
    method: "GET",
    path: "/{sessionId}/groups/join-info",
    needs: "ready",
    query: { code: "string" },
    handle({ world, query }) {
      const found = invited(world, query.code);
      return { sdk: group(found), docs: joinInfo(found) };
    },
  }),
  numberRoute({
    row: "25",
    method: "POST",
    path: "/{sessionId}/groups/join",
    needs: "ready",
    body: { code: "string?", inviteCode: "string?", inviteLink: "string?" },
    demands: (body) =>
      body.code || body.inviteCode || body.inviteLink
        ? []
        : ["code, inviteCode or inviteLink should not be empty"],
    handle({ world, number, body }) {
      const found = invited(world, body.code ?? body.inviteCode ?? body.inviteLink ?? "");
      if (!found.participants.has(number.digits)) {
        addMember(world, found, number.digits);
        changed({ world, number, params: { groupId: found.jid } }, found, "join", [number.digits]);
      }
      return joined(found);
    },
  }),
  numberRoute({
    row: "38",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/invite-code",
    needs: "ready",
    handle: (call) => code(groupOf(call)),
  }),
  numberRoute({
    row: "39",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/invite-code/revoke",
    needs: "ready",
    handle: (call) => code(revoke(call)),
  }),
  numberRoute({
    row: "D1",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/invite-link",
    needs: "ready",
    handle: (call) => same(link(groupOf(call))),
  }),
  numberRoute({
    row: "D2",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/invite-link/revoke",
    needs: "ready",
    handle: (call) => same(link(revoke(call))),
  }),
];
