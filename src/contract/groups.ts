import { readGroup } from "./group.js";
import { listOperation, operation } from "./operation.js";
import { readPicture } from "./picture.js";
import { defined, isRecord, list, nothing, number, pick, record, text } from "./read.js";

/** How many groups a number is in. */
export interface GroupCount {
  total: number;
  /** By lower-case status, such as `active`. */
  byStatus?: Record<string, number>;
}

/** The reference's pages name this limit for a group's name. */
const LONGEST_NAME = 25;

const aGroup = "a group";

export const createGroup = operation({
  id: "groups.create",
  method: "POST",
  path: "/{session}/groups",
  retry: "unsent-only",
  source: "both",
  page: "/docs/groups/create",
  body: (fields) => ({
    name: fields.text(),
    participants: fields.someOf(fields.member()),
    description: fields.optional(fields.anyText()),
    pictureUrl: fields.optional(fields.url()),
    tags: fields.optional(fields.listOf(fields.text())),
  }),
  expects: aGroup,
  reply: readGroup,
});

export const listGroups = listOperation({
  id: "groups.list",
  isPaged: true,
  method: "GET",
  path: "/{session}/groups",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-all",
  query: (fields) => ({
    sortBy: fields.optional(fields.text()),
    sortOrder: fields.optional(fields.word(["asc", "desc"])),
    limit: fields.optional(fields.count()),
    offset: fields.optional(fields.count()),
    exclude: fields.optional(fields.listOf(fields.text())),
    status: fields.optional(fields.text()),
    search: fields.optional(fields.anyText()),
    tags: fields.optional(fields.listOf(fields.text())),
  }),
  expects: "a list of groups",
  reply: (json) => list(json, "groups", readGroup),
});

export const countGroups = operation({
  id: "groups.count",
  method: "GET",
  path: "/{session}/groups/count",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-count",
  expects: "a count of groups",
  reply: (json): GroupCount | undefined => {
    const count = record(json);
    const total = number(count?.total);
    if (count === undefined || total === undefined) return undefined;
    return defined({ ...count, total, byStatus: readByStatus(count.byStatus) });
  },
});

function readByStatus(json: unknown): Record<string, number> | undefined {
  if (!isRecord(json)) return undefined;
  const counts = Object.entries(json).flatMap(([status, value]) => {
    const count = number(value);
    return count === undefined ? [] : [[status.toLowerCase(), count] as const];
  });
  return Object.fromEntries(counts);
}

export const getGroup = operation({
  id: "groups.get",
  method: "GET",
  path: "/{session}/groups/{groupId}",
  retry: "always",
  // The page asks `…/{groupId}/info`; the engine agrees with the client.
  source: "both",
  page: "/docs/groups/get-info",
  expects: aGroup,
  reply: readGroup,
});

export const getJoinInfo = operation({
  id: "groups.joinInfo",
  method: "GET",
  path: "/{session}/groups/join-info",
  retry: "always",
  source: "both",
  page: "/docs/groups/join-info",
  query: (fields) => ({ code: fields.text() }),
  expects: aGroup,
  reply: readGroup,
});

export const joinGroup = operation({
  id: "groups.join",
  method: "POST",
  path: "/{session}/groups/join",
  retry: "unsent-only",
  // The page calls the field `inviteCode` or `inviteLink`; the engine agrees with the client.
  source: "both",
  page: "/docs/groups/join",
  body: (fields) => ({ code: fields.text() }),
  expects: aGroup,
  reply: readGroup,
});

export const leaveGroup = operation({
  id: "groups.leave",
  method: "POST",
  path: "/{session}/groups/{groupId}/leave",
  retry: "unsent-only",
  source: "both",
  page: "/docs/groups/leave",
  expects: "nothing",
  reply: nothing,
});

/** What the operations on a group's own properties have in common. */
const write = { method: "PUT", retry: "unsent-only", expects: "nothing", reply: nothing } as const;

export const getGroupPicture = operation({
  id: "groups.getPicture",
  method: "GET",
  path: "/{session}/groups/{groupId}/picture",
  retry: "always",
  source: "both",
  page: "/docs/groups/get-picture",
  query: (fields) => ({ refresh: fields.optional(fields.flag()) }),
  expects: "a picture",
  reply: readPicture,
});

export const setGroupPicture = operation({
  ...write,
  id: "groups.setPicture",
  path: "/{session}/groups/{groupId}/picture",
  source: "both",
  page: "/docs/groups/set-picture",
  body: (fields) => ({
    url: fields.url(),
    format: fields.optional(fields.word(["jpeg", "png", "webp"])),
    cropToSquare: fields.optional(fields.flag()),
  }),
});

export const deleteGroupPicture = operation({
  id: "groups.deletePicture",
  method: "DELETE",
  path: "/{session}/groups/{groupId}/picture",
  retry: "always",
  source: "both",
  page: "/docs/groups/delete-picture",
  expects: "nothing",
  reply: nothing,
});

export const getGroupDescription = operation({
  id: "groups.getDescription",
  method: "GET",
  path: "/{session}/groups/{groupId}/description",
  retry: "always",
  source: "docs",
  page: "/docs/groups/get-description",
  expects: "a description",
  reply: (json): { description: string } | undefined => {
    const found = record(json);
    return found && { ...found, description: text(pick(found, "description", "topic")) ?? "" };
  },
});

export const setGroupDescription = operation({
  ...write,
  id: "groups.setDescription",
  path: "/{session}/groups/{groupId}/description",
  source: "sdk",
  body: (fields) => ({ description: fields.anyText() }),
});

export const getGroupSubject = operation({
  id: "groups.getSubject",
  method: "GET",
  path: "/{session}/groups/{groupId}/subject",
  retry: "always",
  source: "docs",
  page: "/docs/groups/get-subject",
  expects: "a subject",
  reply: (json): { subject: string } | undefined => {
    const found = record(json);
    const subject = found && text(pick(found, "subject", "name"));
    return subject === undefined ? undefined : { ...found, subject };
  },
});

export const setGroupSubject = operation({
  ...write,
  id: "groups.setSubject",
  path: "/{session}/groups/{groupId}/subject",
  source: "both",
  page: "/docs/groups/set-subject",
  body: (fields) => ({ subject: fields.shortText(LONGEST_NAME) }),
});

export const setGroupName = operation({
  ...write,
  id: "groups.setName",
  path: "/{session}/groups/{groupId}/name",
  source: "docs",
  page: "/docs/groups/set-name",
  body: (fields) => ({ name: fields.shortText(LONGEST_NAME) }),
});
