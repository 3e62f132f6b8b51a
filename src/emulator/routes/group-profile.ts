import { notFound, Refusal } from "../answers.js";
import { changed, editableGroup, groupOf } from "../group-rules.js";
import type { GroupRecord, NumberRecord } from "../records.js";
import { docsOnly, numberRoute, type Route, same } from "../route.js";
import type { World } from "../world.js";

const SIZE = 20_480;

interface ProfileCall {
  world: World;
  number: NumberRecord;
  params: { groupId: string };
}

function rename(call: ProfileCall, field: string, name: string): GroupRecord {
  if (name.length > 25) throw new Refusal(400, [`${field} must be shorter than or equal to 25 characters`]);
  const group = editableGroup(call);
  Object.assign(group, { name, nameSetAt: call.world.now(), nameSetBy: call.number.digits });
  changed(call, group, "subject");
  return group;
}

export const groupProfileRoutes: Route[] = [
  numberRoute({
    row: "29",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/picture",
    needs: "ready",
    query: { refresh: "boolean?" },
    handle(call) {
      const { picture } = groupOf(call);
      if (picture === undefined) throw notFound("Picture");
      const { url, format } = picture;
      return {
        sdk: { url, format, size: SIZE, dimensions: { width: 640, height: 640 } },
        docs: { success: true, picture: { url, type: "image", size: SIZE } },
      };
    },
  }),
  numberRoute({
    row: "30",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/picture",
    needs: "ready",
    body: { url: "url", format: "string?", cropToSquare: "boolean?" },
    demands: ({ format }) =>
      format === undefined || ["jpeg", "png", "webp"].includes(format)
        ? []
        : ["format must be one of the following values: jpeg, png, webp"],
    handle(call) {
      const group = editableGroup(call);
      const { url, format = "jpeg" } = call.body;
      group.picture = { url, format };
      changed(call, group, "picture");
      return docsOnly({ success: true, url, message: "Group picture updated" });
    },
  }),
  numberRoute({
    row: "31",
    method: "DELETE",
    path: "/{sessionId}/groups/{groupId}/picture",
    needs: "ready",
    handle(call) {
      const group = editableGroup(call);
      group.picture = undefined;
      changed(call, group, "picture");
      return docsOnly({ success: true });
    },
  }),
  numberRoute({
    row: "32",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/description",
    needs: "ready",
    body: { description: "text" },
    handle(call) {
      const group = editableGroup(call);
      Object.assign(group, { description: call.body.description, descriptionSetAt: call.world.now() });
      changed(call, group, "description");
      return same(undefined);
    },
  }),
  numberRoute({
    row: "D3",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/description",
    needs: "ready",
    handle: (call) => same({ success: true, description: groupOf(call).description }),
  }),
  numberRoute({
    row: "33",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/subject",
    needs: "ready",
    body: { subject: "string" },
    handle(call) {
      const { name } = rename(call, "subject", call.body.subject);
      return docsOnly({ success: true, subject: name, message: "Group subject updated" });
    },
  }),
  numberRoute({
    row: "D4",
    method: "GET",
    path: "/{sessionId}/groups/{groupId}/subject",
    needs: "ready",
    handle: (call) => same({ success: true, subject: groupOf(call).name, error: null }),
  }),
  numberRoute({
    row: "D5",
    method: "PUT",
    path: "/{sessionId}/groups/{groupId}/name",
    needs: "ready",
    body: { name: "string" },
    handle(call) {
      const { name } = rename(call, "name", call.body.name);
      return same({ success: true, name, message: "Group name updated" });
    },
  }),
];
