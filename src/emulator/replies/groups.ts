import { lidOf, parseAddress } from "../addresses.js";
import type { Json } from "../json.js";
import type { GroupRecord, Participant } from "../records.js";

const jid = (digits: string): string => `${digits}@s.whatsapp.net`;
const iso = (ms: number): string => new Date(ms).toISOString();
const members = (group: GroupRecord): Participant[] => [...group.participants.values()];

/** `GroupParticipant` of the old SDK's types. */
export const participant = ({ digits, isAdmin, isSuperAdmin }: Participant) => ({
  jid: jid(digits),
  phoneNumber: `+${digits}`,
  lid: lidOf(digits),
  isAdmin,
  isSuperAdmin,
  displayName: "",
});

export const participants = (group: GroupRecord) => members(group).map(participant);

export const pageParticipants = (group: GroupRecord) =>
  members(group).map(({ digits, isAdmin, isSuperAdmin, joinedAt }) => ({
    jid: jid(digits),
    phoneNumber: `+${digits}`,
    isAdmin,
    isSuperAdmin,
    joinedAt: iso(joinedAt),
    displayName: "",
  }));

/** `Group` of the old SDK's types: the Go engine's record in camel case. */
export const group = (of: GroupRecord) => ({
  jid: of.jid,
  ownerJid: jid(of.owner),
  ownerPn: jid(of.owner),
  name: of.name,
  nameSetAt: iso(of.nameSetAt),
  nameSetBy: jid(of.nameSetBy),
  nameSetByPn: jid(of.nameSetBy),
  topic: of.description,
  topicId: "",
  topicSetAt: iso(of.descriptionSetAt),
  topicSetBy: jid(of.owner),
  topicSetByPn: jid(of.owner),
  topicDeleted: of.description === "",
  isLocked: of.infoAdminOnly.enabled,
  isAnnounce: of.messagesAdminOnly.enabled,
  announceVersionId: "1",
  isEphemeral: false,
  disappearingTimer: 0,
  isIncognito: false,
  isParent: false,
  defaultMembershipApprovalMode: "",
  linkedParentJid: "",
  isDefaultSubGroup: false,
  isJoinApprovalRequired: false,
  addressingMode: "pn",
  groupCreated: iso(of.createdAt),
  creatorCountryCode: "",
  participantVersionId: "1",
  participants: participants(of),
  memberAddMode: "admin_add",
});

const settings = (of: GroupRecord) => ({
  infoAdminOnly: of.infoAdminOnly.enabled,
  messagesAdminOnly: of.messagesAdminOnly.enabled,
});

/** The short group of the documentation pages. */
export const shortGroup = (of: GroupRecord) => ({
  jid: of.jid,
  name: of.name,
  ownerJid: jid(of.owner),
  ownerPn: `+${of.owner}`,
  participants: members(of).map(({ digits, isAdmin }) => ({
    jid: jid(digits),
    phoneNumber: `+${digits}`,
    isAdmin,
    displayName: "",
  })),
  description: of.description,
  isAnnounce: of.messagesAdminOnly.enabled,
  isLocked: of.infoAdminOnly.enabled,
  createdAt: iso(of.createdAt),
  settings: settings(of),
});

/** Leaves out what `exclude[]` names. */
export function without<T extends object>(of: T, exclude: string[]): Json {
  const dropped = exclude.includes("description") ? [...exclude, "topic"] : exclude;
  return Object.fromEntries(Object.entries(of).filter(([key]) => !dropped.includes(key)));
}

export const joinInfo = (of: GroupRecord): Json => ({
  success: true,
  data: {
    jid: of.jid,
    name: of.name,
    topic: of.description,
    groupCreated: iso(of.createdAt),
    ownerJid: jid(of.owner),
    participantsCount: of.participants.size,
    isAnnounce: of.messagesAdminOnly.enabled,
    isLocked: of.infoAdminOnly.enabled,
  },
  error: null,
});

export const joined = (of: GroupRecord): Record<"sdk" | "docs", Json> => ({
  sdk: {
    id: of.jid,
    name: of.name,
    participantsCount: of.participants.size,
    description: of.description,
    pictureUrl: of.picture?.url,
  },
  docs: {
    success: true,
    group: {
      id: of.jid,
      name: of.name,
      description: of.description,
      ownerJid: jid(of.owner),
      participantsCount: of.participants.size,
      createdAt: iso(of.createdAt),
      settings: settings(of),
      participants: pageParticipants(of),
    },
  },
});

export const groupInfo = (of: GroupRecord): Json => ({
  success: true,
  info: {
    id: of.jid,
    name: of.name,
    subject: of.name,
    description: of.description,
    creation: iso(of.createdAt),
    owner: { jid: jid(of.owner), phoneNumber: `+${of.owner}` },
    participants: pageParticipants(of),
    settings: {
      announce: of.messagesAdminOnly.enabled,
      restrict: of.infoAdminOnly.enabled,
      ephemeral: 0,
      noFrequentlyForwarded: false,
    },
  },
});

/** Members that were promoted, with the roles they have now. */
export const promoted = (of: GroupRecord, ids: string[]): Json =>
  ids.map((id) => {
    const member = of.participants.get(parseAddress(id)?.digits ?? "");
    return { id, isAdmin: member?.isAdmin ?? false, isSuperAdmin: member?.isSuperAdmin ?? false };
  });
