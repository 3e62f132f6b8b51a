import { readChange, readParticipant } from "./group.js";
import { type Fields, listOperation, operation } from "./operation.js";
import { defined, list, pick, record, text } from "./read.js";

/** The code with which anyone can join a group. */
export interface InviteCode {
  inviteCode: string;
}

/** The link with which anyone can join a group. */
export interface InviteLink {
  inviteLink: string;
  expiresAt?: string;
}

/** A code, alone or as the end of its link. Anything else under a 2xx, such as a page, is no code. */
const CODE = /^(?:https:\/\/chat\.whatsapp\.com\/)?[\w-]+$/;

/** The vendor's client expects the bare code, the reference an object. */
function readInviteCode(json: unknown): InviteCode | undefined {
  const found = record(json);
  const code = found === undefined ? json : pick(found, "inviteCode", "code");
  // Not a number: reading one may have cost it digits.
  if (typeof code !== "string" || !CODE.test(code.trim())) return undefined;
  return { ...found, inviteCode: code.trim() };
}

function readInviteLink(json: unknown): InviteLink | undefined {
  const found = record(json);
  const inviteLink = found && text(pick(found, "inviteLink", "link"));
  if (found === undefined || inviteLink === undefined) return undefined;
  return defined({ ...found, inviteLink, expiresAt: text(found.expiresAt) });
}

export const getInviteCode = operation({
  id: "groups.getInviteCode",
  method: "GET",
  path: "/{session}/groups/{groupId}/invite-code",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-invite-code",
  expects: "an invite code",
  reply: readInviteCode,
});

export const revokeInviteCode = operation({
  id: "groups.revokeInviteCode",
  method: "POST",
  path: "/{session}/groups/{groupId}/invite-code/revoke",
  retry: "unsent-only",
  source: "both",
  page: "/docs/groups/revoke-invite-code",
  expects: "the new invite code",
  reply: readInviteCode,
});

export const getInviteLink = operation({
  id: "groups.getInviteLink",
  method: "GET",
  path: "/{session}/groups/{groupId}/invite-link",
  retry: "always",
  source: "docs",
  page: "/docs/groups/get-invite-link",
  expects: "an invite link",
  reply: readInviteLink,
});

export const revokeInviteLink = operation({
  id: "groups.revokeInviteLink",
  method: "POST",
  path: "/{session}/groups/{groupId}/invite-link/revoke",
  retry: "unsent-only",
  source: "docs",
  page: "/docs/groups/revoke-invite-link",
  expects: "the new invite link",
  reply: readInviteLink,
});

export const listParticipants = listOperation({
  id: "groups.listParticipants",
  method: "GET",
  path: "/{session}/groups/{groupId}/participants",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-participants",
  expects: "a list of participants",
  reply: (json) => list(json, "participants", readParticipant),
});

const members: Fields = (fields) => ({
  participants: fields.someOf(fields.recipient()),
  notify: fields.optional(fields.flag()),
});

/** What the four changes of members have in common. */
const change = {
  method: "POST",
  retry: "unsent-only",
  source: "both",
  body: members,
  expects: "what became of each participant",
  reply: readChange,
} as const;

export const addParticipants = operation({
  ...change,
  id: "groups.addParticipants",
  path: "/{session}/groups/{groupId}/participants/add",
  page: "/docs/groups/add-participants",
});

export const removeParticipants = operation({
  ...change,
  id: "groups.removeParticipants",
  // The page sends DELETE to `…/participants`; the engine agrees with the client, here and in the next two.
  path: "/{session}/groups/{groupId}/participants/remove",
  page: "/docs/groups/remove-participants",
});

export const promoteParticipants = operation({
  ...change,
  id: "groups.promoteParticipants",
  path: "/{session}/groups/{groupId}/admin/promote",
  page: "/docs/groups/promote-participants",
});

export const demoteParticipants = operation({
  ...change,
  id: "groups.demoteParticipants",
  path: "/{session}/groups/{groupId}/admin/demote",
  page: "/docs/groups/demote-participants",
});
