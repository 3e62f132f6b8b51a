import type { GroupChange, GroupEvent } from "../events.js";
import type { GroupRecord } from "../records.js";
import type { Scene } from "./scene.js";

/** One delivery's event and payload. */
interface Told {
  event: string;
  payload: unknown;
}

const LINK = "https://chat.whatsapp.com/";

const roleOf = (group: GroupRecord, digits: string): string => {
  const member = group.participants.get(digits);
  if (member === undefined) return "left";
  return member.isSuperAdmin ? "superadmin" : member.isAdmin ? "admin" : "participant";
};

const member = ({ naming }: Scene, group: GroupRecord, digits: string) => ({
  id: naming.person(digits),
  pn: naming.alternative(digits) === "" ? undefined : `${digits}@c.us`,
  role: roleOf(group, digits),
});

function wholeGroup(scene: Scene, group: GroupRecord) {
  return {
    id: group.jid,
    subject: group.name,
    description: group.description,
    participants: [...group.participants.keys()].map((digits) => member(scene, group, digits)),
    membersCanAddNewMember: true,
    // The wrong way round, as engine 2026.2.1 has it here and only here: it copies the announce flag.
    membersCanSendMessages: group.messagesAdminOnly.enabled,
    newMembersApprovalRequired: false,
  };
}

/** The changed fields of an update; nothing for what the engine's group has no field for. */
const CHANGED: Partial<Record<GroupChange, (group: GroupRecord) => object>> = {
  subject: ({ name }) => ({ subject: name }),
  description: ({ description }) => ({ description }),
  invite: ({ inviteCode }) => ({ invite: LINK + inviteCode }),
  messagesAdminOnly: ({ messagesAdminOnly }) => ({ membersCanSendMessages: !messagesAdminOnly.enabled }),
};

const TYPES: Partial<Record<GroupChange, string>> = {
  join: "join",
  add: "join",
  leave: "leave",
  remove: "leave",
  promote: "promote",
  demote: "demote",
};

/** What this number is told of the change: its own coming and going is an event apart. */
export function groupTold(scene: Scene, { group, change, members }: GroupEvent): Told[] {
  const own = scene.number.digits;
  const timestamp = scene.world.now();
  const _data = { JID: group.jid };
  const type = TYPES[change];
  if (change === "create" || (type === "join" && members.includes(own))) {
    return [{ event: "group.v2.join", payload: { timestamp, group: wholeGroup(scene, group), _data } }];
  }
  const id = group.jid;
  if (type === "leave" && members.includes(own)) {
    return [{ event: "group.v2.leave", payload: { timestamp, group: { id }, _data } }];
  }
  if (type === undefined) {
    const fields = CHANGED[change]?.(group);
    return fields
      ? [{ event: "group.v2.update", payload: { timestamp, group: { id, ...fields }, _data } }]
      : [];
  }
  if (members.length === 0) return [];
  const participants = members.map((digits) => member(scene, group, digits));
  const payload = { group: { id }, type, timestamp, participants, _data };
  return [{ event: "group.v2.participants", payload }];
}
