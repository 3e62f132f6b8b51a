import { checkRecipient } from "../contract/recipient.js";
import { othersOf } from "./prepare.js";
import type { Setup } from "./setup.js";
import { isSuppressed } from "./suppressed.js";
import type { RenderedMessage } from "./types.js";

/** A person's speed, as the vendor's client has it. */
const TYPING = { msPerCharacter: 50, minMs: 3_000, maxMs: 8_000 };

/** The message as it is to be sent, or why it is not. */
export type LastChecked = { message: RenderedMessage } | { skip: "suppressed" | "not_on_whatsapp" };

/** The steps between the wait for a slot and the attempt. */
export async function lastChecks(
  setup: Pick<Setup, "sender" | "suppressions" | "checkExists" | "typing">,
  session: string,
  { to, message }: { to: string; message: RenderedMessage },
  sleep: (ms: number) => Promise<void>,
): Promise<LastChecked> {
  const { sender, suppressions, checkExists, typing } = setup;
  const others = othersOf(message);
  const before = isSuppressed(suppressions, to, others);
  if (before === true || (before !== false && (await before))) return { skip: "suppressed" };
  let sendable = message;
  if (checkExists && to.startsWith("+")) {
    // A look-up that fails says nothing about the number, so the message is tried.
    const found = await sender.exists(session, to).catch(() => undefined);
    if (found?.exists === false) return { skip: "not_on_whatsapp" };
    const named = checkRecipient(found?.jid);
    if ("value" in named) {
      sendable = { ...message, to: named.value };
      await suppressions?.learn?.(to, named.value);
    }
  }
  if (typing) {
    const wanted = (message.text ?? "").length * TYPING.msPerCharacter;
    const ms = Math.max(TYPING.minMs, Math.min(TYPING.maxMs, wanted));
    await sender.typing(session, sendable.to, () => sleep(ms));
  }
  const tookTime = checkExists || typing;
  const asked = sendable.to === to ? others : [sendable.to, ...others];
  const isStopped = tookTime && (await isSuppressed(suppressions, to, asked));
  return isStopped ? { skip: "suppressed" } : { message: sendable };
}
