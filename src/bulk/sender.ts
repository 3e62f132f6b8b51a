import type { Chats } from "../resources/chats.js";
import type { Contacts } from "../resources/contacts.js";
import type { Messages } from "../resources/messages.js";
import type { Numbers } from "../resources/numbers.js";
import type { CampaignSender } from "./types.js";

/** The parts of a client that campaigns stand on. */
export interface BulkResources {
  messages: Pick<Messages, "send" | "startTyping" | "stopTyping">;
  numbers: Pick<Numbers, "get">;
  chats: Pick<Chats, "listMessages">;
  contacts: Pick<Contacts, "checkExists">;
}

/** Switching the indicator off must not hold the message up for long. */
const TYPING_LIMITS = { timeout: 5_000, deadline: 10_000 };

/** A client, seen as the sender of campaigns. */
export function senderOf({ messages, numbers, chats, contacts }: BulkResources): CampaignSender {
  return {
    send: (message, { session, signal }) => messages.send({ ...message, session }, signal && { signal }),
    async isReady(session, { signal }) {
      const { state } = await numbers.get(session, signal && { signal });
      return state === "ready";
    },
    exists: (session, phone) => contacts.checkExists({ session, phone }),
    history: (session, chat, sinceMs) =>
      chats.listMessages(chat, {
        session,
        filter: { fromMe: true, timestampGte: Math.floor(sinceMs / 1_000) },
      }),
    async typing(session, to, wait) {
      try {
        await messages.startTyping({ session, to }, TYPING_LIMITS);
        await wait();
      } catch {
        // Only looks nice: the message goes out without it.
      } finally {
        await messages.stopTyping({ session, to }, TYPING_LIMITS).catch(() => {});
      }
    },
  };
}
