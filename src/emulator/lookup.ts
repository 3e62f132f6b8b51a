import type { GroupRecord, MessageRecord, NumberRecord } from "./records.js";
import type { World } from "./world.js";

function must<T>(found: T | undefined, what: string, id: string): T {
  if (found === undefined) throw new TypeError(`The emulator has no ${what} "${id}"`);
  return found;
}

/** For calls of a test, whose wrong id is a mistake of the test. */
export const numberOf = (world: World, session: string): NumberRecord =>
  must(world.numbers.get(session), "number", session);

export const messageOf = (world: World, id: string): MessageRecord => must(world.find(id), "message", id);

export const groupOf = (world: World, jid: string): GroupRecord => must(world.groups.get(jid), "group", jid);
