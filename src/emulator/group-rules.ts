import { digitsOf, parseAddress } from "./addresses.js";
import { notFound, Refusal } from "./answers.js";
import type { GroupChange } from "./events.js";
import type { GroupRecord, GroupSwitch, NumberRecord, Participant } from "./records.js";
import type { World } from "./world.js";

interface GroupCall {
  world: World;
  number: NumberRecord;
  params: { groupId: string };
}

/** The group, if the number is in it: to everybody else it does not exist. */
export function groupOf({ world, number, params }: GroupCall): GroupRecord {
  const group = world.groups.get(params.groupId);
  if (!group?.participants.has(number.digits)) throw notFound("Group");
  return group;
}

function requireAdmin(group: GroupRecord, number: NumberRecord): GroupRecord {
  if (!group.participants.get(number.digits)?.isAdmin)
    throw new Refusal(403, "Only admins of the group can do this");
  return group;
}

/** For what only admins may do: members, invites, settings. */
export const ledGroup = (call: GroupCall): GroupRecord => requireAdmin(groupOf(call), call.number);

/** For the group's info, which everybody may edit unless it is locked. */
export function editableGroup(call: GroupCall): GroupRecord {
  const group = groupOf(call);
  return group.infoAdminOnly.enabled ? requireAdmin(group, call.number) : group;
}

export function changed(
  call: GroupCall,
  group: GroupRecord,
  change: GroupChange,
  members: string[] = [],
): void {
  call.world.emit({ kind: "group", group, change, by: call.number.digits, members });
}

export function createGroup(
  world: World,
  number: NumberRecord,
  given: Pick<GroupRecord, "name" | "description" | "tags" | "picture"> & {
    members: { id: string; isAdmin?: boolean }[];
  },
): GroupRecord {
  const now = world.now();
  const { members, ...rest } = given;
  const group: GroupRecord = {
    ...rest,
    jid: world.ids.group(),
    nameSetAt: now,
    nameSetBy: number.digits,
    descriptionSetAt: now,
    owner: number.digits,
    participants: new Map(),
    status: "active",
    inviteCode: world.ids.inviteCode(),
    inviteCodeAt: now,
    infoAdminOnly: { enabled: false },
    messagesAdminOnly: { enabled: false },
    createdAt: now,
  };
  world.groups.set(group.jid, group);
  addMember(world, group, number.digits, { isAdmin: true, isSuperAdmin: true });
  for (const { id, isAdmin } of members) {
    const digits = parseAddress(id)?.digits;
    if (digits !== undefined && digits !== number.digits && world.onWhatsApp(digits)) {
      addMember(world, group, digits, { isAdmin });
    }
  }
  const joined = [...group.participants.keys()];
  world.emit({ kind: "group", group, change: "create", by: number.digits, members: joined });
  return group;
}

export function addMember(
  world: World,
  group: GroupRecord,
  digits: string,
  role: Partial<Participant> = {},
): void {
  const { isAdmin = false, isSuperAdmin = false } = role;
  group.participants.set(digits, { digits, isAdmin, isSuperAdmin, joinedAt: world.now() });
}

/** Takes a member out; a group that nobody is left in is gone. */
export function removeMember(world: World, group: GroupRecord, digits: string): void {
  group.participants.delete(digits);
  if (group.participants.size === 0) world.groups.delete(group.jid);
}

export function turn(world: World, number: NumberRecord, enabled: boolean): GroupSwitch {
  return {
    enabled,
    changedAt: new Date(world.now()).toISOString(),
    changedBy: `${number.digits}@s.whatsapp.net`,
  };
}

/** One member's result: `SUCCESS`, or why not. */
export interface MemberResult {
  id: string;
  reason: "SUCCESS" | "NOT_FOUND" | "ALREADY_IN_GROUP" | "NOT_ADMIN";
}

type MemberAction = (world: World, group: GroupRecord, digits: string) => MemberResult["reason"];

/** What can be done to members, one at a time. */
export const memberActions = {
  add(world, group, digits) {
    if (!world.onWhatsApp(digits)) return "NOT_FOUND";
    if (group.participants.has(digits)) return "ALREADY_IN_GROUP";
    addMember(world, group, digits);
    return "SUCCESS";
  },
  remove(world, group, digits) {
    if (!group.participants.has(digits)) return "NOT_FOUND";
    removeMember(world, group, digits);
    return "SUCCESS";
  },
  promote(_, group, digits) {
    const member = group.participants.get(digits);
    if (member === undefined) return "NOT_FOUND";
    member.isAdmin = true;
    return "SUCCESS";
  },
  demote(_, group, digits) {
    const member = group.participants.get(digits);
    if (member === undefined) return "NOT_FOUND";
    if (!member.isAdmin) return "NOT_ADMIN";
    member.isAdmin = false;
    member.isSuperAdmin = false;
    return "SUCCESS";
  },
} satisfies Record<string, MemberAction>;

/** Does it to every id given and says how each went, with the id as it was given. */
export function changeMembers(
  call: GroupCall & { body: { participants: string[] } },
  action: keyof typeof memberActions,
): { group: GroupRecord; done: MemberResult[]; failed: MemberResult[] } {
  const group = ledGroup(call);
  const results = call.body.participants.map((id): MemberResult => {
    const digits = parseAddress(id)?.digits;
    return {
      id,
      reason: digits === undefined ? "NOT_FOUND" : memberActions[action](call.world, group, digits),
    };
  });
  const done = results.filter(({ reason }) => reason === "SUCCESS");
  changed(
    call,
    group,
    action,
    done.map(({ id }) => digitsOf(id)),
  );
  return {
    group,
    done,
    failed: results.filter(({ reason }) => reason !== "SUCCESS"),
  };
}
