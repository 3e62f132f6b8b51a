import type { Row } from "../row.js";
import { chatRows } from "./chats.js";
import { accountRows, contactRows } from "./contacts.js";
import { groupMemberRows } from "./group-members.js";
import { groupPropertyRows } from "./group-properties.js";
import { groupRows } from "./groups.js";
import { messageRows } from "./messages.js";
import { numberRows } from "./numbers.js";

/** Every operation of the wire, from a user's side. */
export const rows: readonly Row[] = [
  ...numberRows,
  ...messageRows,
  ...chatRows,
  ...contactRows,
  ...groupRows,
  ...groupPropertyRows,
  ...groupMemberRows,
  ...accountRows,
];
