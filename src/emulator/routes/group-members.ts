import { changed, changeMembers, groupOf, type MemberResult, removeMember } from "../group-rules.js";
import type { Json } from "../json.js";
import type { NumberRecord } from "../records.js";
import { pageParticipants, participants, promoted } from "../replies/groups.js";
import { docsOnly, numberRoute, type Route, same } from "../route.js";
import type { World } from "../world.js";

interface MembersCall {
  world: World;
  number: NumberRecord;
  params: { groupId: string };
  body: { participants: string[] };
}

const ids = (results: MemberResult[]): string[] => results.map(({ id }) => id);
const results = (list: MemberResult[]): Json => list.map(({ id, reason }) => ({ id, reason }));

function add(call: MembersCall): Json {
  const { done, failed } = changeMembers(call, "add");
  return { success: true, data: { added: results(done), failed: results(failed) } };
}

function remove(call: MembersCall): Json {
  const { done } = changeMembers(call, "remove");
  return { success: true, removed: ids(done).map((id) => ({ id })), message: "Participants removed" };
}

function promote(call: MembersCall): Json {
  const { group, done } = changeMembers(call, "promote");
  return { success: true, promoted: promoted(group, ids(done)), message: "Participants promoted" };
}

function demote(call: MembersCall): Json {
  const { done, failed } = changeMembers(call, "demote");
  return { success: true, data: { demoted: results(done), failed: results(failed) } };
}

const needs = "ready";
const body = { participants: "addresses", notify: "boolean?" } as const;
const bodyWithoutNotify = { participants: "addresses" } as const;

export const groupMemberRoutes: Route[] = [
  numberRoute({
    row: "28",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/leave",
    needs,
    handle(call) {
      const group = groupOf(call);
      removeMember(call.world, group, call.number.digits);
      changed(call, group, "leave", [call.number.digits]);
      return docsOnly({ success: true, message: "Left the group" });
    },
  }),
  numberRoute({
    row: "40",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/participants",
    needs,
    handle(call) {
      const group = groupOf(call);
      return {
        sdk: participants(group),
        docs: { success: true, participants: pageParticipants(group), error: null },
      };
    },
  }),
  numberRoute({
    row: "41",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/participants/add",
    needs,
    body,
    handle: (call) => docsOnly(add(call)),
  }),
  numberRoute({
    row: "42",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/participants/remove",
    needs,
    body,
    handle: (call) => docsOnly(remove(call)),
  }),
  numberRoute({
    row: "42b",
    method: "DELETE",
    path: "/{sessionId}/groups/{groupId}/participants",
    needs,
    body: bodyWithoutNotify,
    handle: (call) => same(remove(call)),
  }),
  numberRoute({
    row: "43",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/admin/promote",
    needs,
    body,
    handle: (call) => docsOnly(promote(call)),
  }),
  numberRoute({
    row: "43b",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/participants/promote",
    needs,
    body: bodyWithoutNotify,
    handle: (call) => same(promote(call)),
  }),
  numberRoute({
    row: "44",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/admin/demote",
    needs,
    body,
    handle: (call) => docsOnly(demote(call)),
  }),
  numberRoute({
    row: "44b",
    method: "POST",
    path: "/{sessionId}/groups/{groupId}/participants/demote",
    needs,
    body,
    handle: (call) => same(demote(call)),
  }),
];
