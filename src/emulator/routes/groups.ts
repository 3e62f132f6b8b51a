import { createGroup, groupOf } from "../group-rules.js";
import { page, sorted } from "../paging.js";
import type { GroupRecord, GroupStatus } from "../records.js";
import { group, groupInfo, shortGroup, without } from "../replies/groups.js";
import { numberRoute, type Route, same } from "../route.js";

const STATUSES = ["active", "archived", "deleted"] as const satisfies GroupStatus[];

const SORT_KEYS = {
  id: (of: GroupRecord) => of.jid,
  subject: (of: GroupRecord) => of.name,
  name: (of: GroupRecord) => of.name,
  creation: (of: GroupRecord) => of.createdAt,
  createdAt: (of: GroupRecord) => of.createdAt,
  participantsCount: (of: GroupRecord) => of.participants.size,
};

const has = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());

export const groupRoutes: Route[] = [
  numberRoute({
    row: "22",
    method: "POST",
    path: "/{sessionId}/groups",
    needs: "ready",
    body: {
      name: "string",
      participants: "members",
      description: "text?",
      pictureUrl: "url?",
      tags: "strings?",
    },
    handle({ world, number, body }) {
      const made = createGroup(world, number, {
        name: body.name,
        members: body.participants,
        description: body.description ?? "",
        tags: body.tags ?? [],
        picture: body.pictureUrl === undefined ? undefined : { url: body.pictureUrl, format: "jpeg" },
      });
      return { sdk: group(made), docs: shortGroup(made) };
    },
  }),
  numberRoute({
    row: "23",
    method: "GET",
    path: "/{sessionId}/groups",
    needs: "ready",
    query: {
      sortBy: ["id", "subject", "creation", "participantsCount", "name", "createdAt"],
      sortOrder: ["asc", "desc"],
      limit: "int?",
      offset: "int?",
      exclude: "list",
      status: STATUSES,
      search: "string?",
      tags: "list",
    },
    handle({ world, number, query }) {
      const { search, status, tags, limit = 50, offset = 0, exclude } = query;
      const found = world.groupsOf(number).filter((one) => {
        if (status !== undefined && one.status !== status) return false;
        if (search && !has(one.name, search) && !has(one.description, search)) return false;
        return tags.length === 0 || tags.some((tag) => one.tags.includes(tag));
      });
      const all =
        query.sortBy === undefined ? found : sorted(found, SORT_KEYS[query.sortBy], query.sortOrder);
      const shown = page(all, { limit, offset });
      const pagination = { total: all.length, limit, offset, hasMore: offset + shown.length < all.length };
      return {
        sdk: shown.map((one) => without(group(one), exclude)),
        docs: { groups: shown.map((one) => without(shortGroup(one), exclude)), pagination },
      };
    },
  }),
  numberRoute({
    row: "26",
    method: "GET",
    path: "/{sessionId}/groups/count",
    needs: "ready",
    handle({ world, number }) {
      const all = world.groupsOf(number);
      const count = (status: GroupStatus) => all.filter((one) => one.status === status).length;
      // The old SDK's types have text under upper-case names, the page numbers under lower-case ones.
      const words = STATUSES.map((status) => [status.toUpperCase(), String(count(status))]);
      return {
        sdk: { total: all.length, byStatus: Object.fromEntries(words) },
        docs: {
          total: all.length,
          byStatus: Object.fromEntries(STATUSES.map((status) => [status, count(status)])),
        },
      };
    },
  }),
  numberRoute({
    row: "27",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}",
    needs: "ready",
    handle(call) {
      const found = groupOf(call);
      return { sdk: group(found), docs: groupInfo(found) };
    },
  }),
  numberRoute({
    row: "27b",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/info",
    needs: "ready",
    handle: (call) => same(groupInfo(groupOf(call))),
  }),
];
