import type { Route } from "../route.js";
import { accountRoutes } from "./account.js";
import { chatRoutes } from "./chats.js";
import { contactRoutes } from "./contacts.js";
import { groupInviteRoutes } from "./group-invites.js";
import { groupMemberRoutes } from "./group-members.js";
import { groupProfileRoutes } from "./group-profile.js";
import { groupSettingRoutes } from "./group-settings.js";
import { groupRoutes } from "./groups.js";
import { messageRoutes } from "./messages.js";
import { sessionRoutes } from "./sessions.js";

/** Every method and path that the emulator answers, in the order of the wire contract. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...messageRoutes,
  ...accountRoutes,
  ...groupRoutes,
  ...groupProfileRoutes,
  ...groupSettingRoutes,
  ...groupInviteRoutes,
  ...groupMemberRoutes,
  ...contactRoutes,
  ...chatRoutes,
];
