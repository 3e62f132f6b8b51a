import * as account from "./account.js";
import * as chats from "./chats.js";
import * as contacts from "./contacts.js";
import * as groupMembers from "./group-members.js";
import * as groupSettings from "./group-settings.js";
import * as groups from "./groups.js";
import * as messages from "./messages.js";
import * as numbers from "./numbers.js";
import type { Operation } from "./operation.js";

/** Every operation of the wire, for whoever has to go through all of them: tests and the generated pages. */
export const operations: readonly Operation[] = [
  numbers,
  messages,
  chats,
  contacts,
  groups,
  groupSettings,
  groupMembers,
  account,
]
  .flatMap((file) => Object.values(file as Record<string, unknown>))
  .filter((value): value is Operation => typeof value === "object" && value !== null && "retry" in value);
