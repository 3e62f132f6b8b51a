import { defined, flag, isRecord, type Json, number, pick, record, text, unwrap } from "./read.js";

/** A member of a group. Fields that the SDK does not know are kept beside these. */
export interface GroupParticipant {
  jid: string;
  /** Missing when WhatsApp hides it. */
  phoneNumber?: string;
  /** The hidden id. */
  lid?: string;
  isAdmin: boolean;
  isSuperAdmin: boolean;
  displayName?: string;
}

/** What only a group's admins may do. */
export interface GroupSettings {
  /** Only admins may edit the group's info. */
  infoAdminOnly?: boolean;
  /** Only admins may write. */
  messagesAdminOnly?: boolean;
  /** Seconds after which messages disappear. */
  ephemeralDuration?: number;
  noFrequentlyForwarded?: boolean;
}

/**
 * A WhatsApp group, from either published shape. Fields that the SDK does not know are kept beside these.
 *
 * Source: `Group` of the vendor's client; `/docs/groups/get-info`.
 */
export interface Group {
  /** For instance `120363025246125486@g.us`. */
  jid: string;
  name: string;
  /** `topic` or `description` on the wire. */
  description?: string;
  ownerJid?: string;
  /** Missing where the server leaves them out, as in some lists. */
  participants?: GroupParticipant[];
  participantsCount?: number;
  /** ISO 8601. */
  createdAt?: string;
  /** Only admins may write. */
  isAnnounce?: boolean;
  /** Only admins may edit the group's info. */
  isLocked?: boolean;
  tags?: string[];
  settings?: GroupSettings;
}

/** What became of each member that a call was about; both lists are empty when the server says nothing. */
export interface ParticipantChange {
  succeeded: { id: string; reason?: string }[];
  failed: { id: string; reason: string }[];
}

/** Reads a group: bare, or below `group` or `info`. */
export function readGroup(json: unknown): Group | undefined {
  const isItself = isRecord(json) && text(pick(json, "jid")) !== undefined;
  const group = isItself ? json : record(json, "group", "info");
  const jid = group && text(pick(group, "jid", "id"));
  if (group === undefined || jid === undefined) return undefined;
  const owner = pick(group, "owner");
  const participants = pick(group, "participants");
  const tags = pick(group, "tags");
  const settings = isRecord(group.settings) ? readSettings(group.settings) : undefined;
  return defined({
    ...group,
    jid,
    name: text(pick(group, "name", "subject")) ?? "",
    description: text(pick(group, "topic", "description")),
    ownerJid: text(pick(group, "ownerJid")) ?? (isRecord(owner) ? text(owner.jid) : text(owner)),
    participants: Array.isArray(participants)
      ? participants.flatMap((one) => readParticipant(one) ?? [])
      : undefined,
    participantsCount: number(pick(group, "participantsCount")),
    createdAt: isoTime(pick(group, "createdAt", "groupCreated", "creation")),
    isAnnounce: flag(pick(group, "isAnnounce")) ?? settings?.messagesAdminOnly,
    isLocked: flag(pick(group, "isLocked")) ?? settings?.infoAdminOnly,
    tags: Array.isArray(tags) ? tags.flatMap((tag) => text(tag) ?? []) : undefined,
    settings,
  });
}

/** Reads a member of a group. */
export function readParticipant(json: unknown): GroupParticipant | undefined {
  if (!isRecord(json)) return undefined;
  const jid = text(pick(json, "jid", "id"));
  if (jid === undefined) return undefined;
  return defined({
    ...json,
    jid,
    phoneNumber: text(pick(json, "phoneNumber")),
    lid: text(pick(json, "lid")),
    isAdmin: flag(pick(json, "isAdmin")) ?? false,
    isSuperAdmin: flag(pick(json, "isSuperAdmin")) ?? false,
    displayName: text(pick(json, "displayName")),
  });
}

/** Reads a group's settings, in the words of the reference or of the info page. */
export function readSettings(json: unknown): GroupSettings | undefined {
  const settings = record(json, "settings");
  return (
    settings &&
    defined({
      ...settings,
      infoAdminOnly: flag(settings.infoAdminOnly ?? settings.restrict),
      messagesAdminOnly: flag(settings.messagesAdminOnly ?? settings.announce),
      ephemeralDuration: number(settings.ephemeralDuration ?? settings.ephemeral),
      noFrequentlyForwarded: flag(settings.noFrequentlyForwarded),
    })
  );
}

/** The names under which the reference's pages list the members that a call changed. */
const CHANGED = ["added", "removed", "promoted", "demoted"];

/** Reads what became of each member. Never fails: most servers say nothing here. */
export function readChange(json: unknown): ParticipantChange {
  const change = unwrap(json);
  const told: Json = isRecord(change) ? change : {};
  return {
    succeeded: entries(pick(told, ...CHANGED)).map(({ id, reason }) => ({ id, ...(reason && { reason }) })),
    failed: entries(told.failed).map(({ id, reason }) => ({ id, reason: reason ?? "UNKNOWN" })),
  };
}

function entries(values: unknown): { id: string; reason: string | undefined }[] {
  if (!Array.isArray(values)) return [];
  return values.flatMap((value) => {
    const id = isRecord(value) ? text(pick(value, "id", "jid")) : text(value);
    return id === undefined ? [] : [{ id, reason: isRecord(value) ? text(value.reason) : undefined }];
  });
}

/** A date as ISO text; a number, also one written as text, is Unix time: seconds or milliseconds by its size. */
function isoTime(value: unknown): string | undefined {
  const unix = number(value);
  if (unix === undefined) return text(value);
  const date = new Date(unix > 1e11 ? unix : unix * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
