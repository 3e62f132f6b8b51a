import type { AckStatus, MessageAck } from "./events/event-types.js";
import { bareMessageId, splitMessageId } from "./events/message-id.js";
import { ackStatus } from "./events/read-status.js";
import { isForward, isReached } from "./progress.js";
import type { WebhookReceiver } from "./receiver.js";
import { LONGEST_TIMER_MS } from "./time.js";

/** What can be waited for. */
export type DeliveryStatus = Exclude<AckStatus, "unknown" | "failed">;

/** How a message went. */
export interface DeliveryResult {
  /** How far it has come, perhaps further than waited for; `"failed"`; or `"unconfirmed"`: nobody said in time. */
  status: DeliveryStatus | "failed" | "unconfirmed";
  /** The message's id, as it was given. */
  messageId: string;
}

/** What a send call returned, or as much of it as counts here. */
export interface SentMessage {
  /** The message's id, full or bare. */
  readonly id: string;
  /** Whom it went to; only polling needs it, and only if `id` is a bare one. */
  readonly to?: string;
}

/** The part of the client that polling needs. */
export interface TrackerPoll {
  readonly chats: {
    /** One message of a chat, with how far it has come. */
    getMessage(
      chatId: string,
      messageId: string,
      params?: { session?: string },
    ): PromiseLike<{ ack?: number | undefined; status: string }>;
  };
}

/** Options of a {@link DeliveryTracker}. */
export interface DeliveryTrackerOptions {
  /** The client: asked for a message whose acks do not come. Default: nobody is asked. */
  poll?: TrackerPoll;
  /** How long, in milliseconds, until it is asked, and between two askings. Default 10 000, at most half of the time-out. */
  pollMs?: number;
  /** Of how many messages the status is remembered, also of those nobody waits for yet; the oldest are forgotten. Default 10 000. */
  maxMessages?: number;
}

/** Options of {@link DeliveryTracker.waitFor}. */
export interface WaitOptions {
  /** How long to wait, in milliseconds: `Infinity`, or at most some 24 days. Default 60 000. */
  timeout?: number;
  /** The number that sent it, for polling. Default: the client's. */
  session?: string;
}

const WORDS = new Set<string>(["pending", "sent", "delivered", "read", "played", "failed"]);

/**
 * Follows own messages by the acks that a receiver gets. Make it at start: acks may come before the send call returns,
 * and are kept for whoever asks later.
 *
 * @example
 * ```ts
 * const tracker = new DeliveryTracker(receiver, { poll: wasend });
 * const sent = await wasend.messages.sendText({ to, text });
 * const { status } = await tracker.waitFor(sent, "delivered", { timeout: 30_000 });
 * ```
 */
export class DeliveryTracker {
  readonly #receiver: WebhookReceiver;
  readonly #poll: TrackerPoll | undefined;
  readonly #pollMs: number;
  readonly #maxMessages: number;
  readonly #known = new Map<string, AckStatus>();
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #closing = new AbortController();

  constructor(receiver: WebhookReceiver, options: DeliveryTrackerOptions = {}) {
    this.#receiver = receiver;
    this.#poll = options.poll;
    this.#pollMs = options.pollMs ?? 10_000;
    this.#maxMessages = options.maxMessages ?? 10_000;
    receiver.on("message.ack", this.#onAck).on("message.ack.group", this.#onAck);
  }

  /**
   * Waits until a message has come as far as `target`, or further. Resolves with what is known: also with `"failed"`, and,
   * when the time is over, with `"unconfirmed"`. Never rejects. In groups the furthest participant counts.
   *
   * @example
   * ```ts
   * const { status } = await tracker.waitFor(sent, "read");
   * if (status === "unconfirmed") console.log("no receipt yet; it may have arrived all the same");
   * ```
   */
  waitFor(
    sent: SentMessage | string,
    target: DeliveryStatus,
    options: WaitOptions = {},
  ): Promise<DeliveryResult> {
    const { timeout = 60_000, session } = options;
    const { id: messageId, to } = typeof sent === "string" ? { id: sent } : (sent as SentMessage);
    const key = bareMessageId(messageId);
    return new Promise((resolve) => {
      const timers: ReturnType<typeof setTimeout>[] = [];
      const finish = (status: DeliveryResult["status"]) => {
        timers.forEach(clearTimeout);
        this.#unwatch(key, check);
        this.#closing.signal.removeEventListener("abort", giveUp);
        resolve({ status, messageId });
      };
      const giveUp = () => finish("unconfirmed");
      const check = () => {
        const status = this.#known.get(key);
        if (isReached(status, target)) finish(status as DeliveryResult["status"]);
      };
      this.#watch(key, check);
      this.#closing.signal.addEventListener("abort", giveUp);
      const ask = () => this.#ask(messageId, to, session);
      const start = (timer: typeof setTimeout | typeof setInterval, run: () => void, ms: number) =>
        ms !== Number.POSITIVE_INFINITY && timers.push(timer(run, Math.min(ms, LONGEST_TIMER_MS)));
      start(setTimeout, giveUp, timeout);
      if (this.#poll !== undefined) start(setInterval, ask, Math.min(this.#pollMs, timeout / 2));
      if (this.#closing.signal.aborted) giveUp();
      else check();
    });
  }

  /**
   * What is known of a message now; `undefined` when no ack has come, or it was forgotten.
   *
   * @example
   * ```ts
   * tracker.statusOf(sent); // "delivered"
   * ```
   */
  statusOf(sent: SentMessage | string): DeliveryStatus | "failed" | undefined {
    const status = this.#known.get(bareMessageId(typeof sent === "string" ? sent : sent.id));
    return status as DeliveryStatus | "failed" | undefined;
  }

  /**
   * Stops listening; whoever still waits gets `"unconfirmed"`.
   *
   * @example
   * ```ts
   * process.on("SIGTERM", () => tracker.close());
   * ```
   */
  close(): void {
    this.#receiver.off("message.ack", this.#onAck).off("message.ack.group", this.#onAck);
    this.#closing.abort();
  }

  /** An ack with `fromMe: false` tells that this number has read somebody's message: no receipt. */
  readonly #onAck = ({ ack }: { ack: MessageAck }): void => {
    if (ack.fromMe) this.#advance(bareMessageId(ack.messageId), ack.status);
  };

  #advance(key: string, status: AckStatus): void {
    const known = this.#known.get(key);
    if (!isForward(known, status)) return;
    this.#known.delete(key);
    this.#known.set(key, status);
    for (const check of this.#waiting.get(key) ?? []) check();
    if (this.#known.size <= this.#maxMessages) return;
    const oldest = this.#known.keys().next();
    if (!oldest.done) this.#known.delete(oldest.value);
  }

  /** A failed question is asked again at the next turn; the time-out ends it. */
  async #ask(messageId: string, to: string | undefined, session: string | undefined): Promise<void> {
    const chatId = splitMessageId(messageId).chat || chatOf(to);
    if (chatId === undefined) return;
    try {
      const params = session === undefined ? {} : { session };
      const found = await this.#poll?.chats.getMessage(chatId, messageId, params);
      if (found === undefined) return;
      const byNumber = ackStatus(found.ack);
      const status =
        byNumber === "unknown" && WORDS.has(found.status) ? (found.status as AckStatus) : byNumber;
      this.#advance(bareMessageId(messageId), status);
    } catch {}
  }

  #watch(key: string, check: () => void): void {
    const checks = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, checks.add(check));
  }

  #unwatch(key: string, check: () => void): void {
    const checks = this.#waiting.get(key);
    checks?.delete(check);
    if (checks?.size === 0) this.#waiting.delete(key);
  }
}

/** The chat of a person that a send named by number; ids stay as they are. */
function chatOf(to: string | undefined): string | undefined {
  if (to === undefined || to.includes("@")) return to;
  const digits = to.replace(/[^\d]/g, "");
  return digits === "" ? undefined : `${digits}@c.us`;
}
