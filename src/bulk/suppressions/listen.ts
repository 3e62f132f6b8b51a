import type { RecipientContact } from "../../contract/recipient.js";
import { ConfigurationError } from "../../errors/index.js";
import { CONSENT_WORDS, type ConsentLanguage, plain } from "./words.js";

/** A message as {@link SuppressionList.listen} needs it; an event of a `WebhookReceiver` is one. */
export interface IncomingMessage {
  session?: string;
  message: { chat: string; from: RecipientContact; fromMe: boolean; text?: string };
}

/** What hands over the messages that come in: a `WebhookReceiver`. */
export interface MessageReceiver {
  /** How deliveries are proven genuine. */
  readonly scheme: { readonly name: string };
  /** Hears the messages that come in. */
  on(name: "message", listener: (event: IncomingMessage) => unknown): unknown;
  /** Stops hearing them. */
  off?(name: "message", listener: (event: IncomingMessage) => unknown): unknown;
}

/** What is sent to confirm. Fits `wasend.messages.sendText`. */
export interface Confirmation {
  to: string;
  text: string;
  session?: string;
}

/** For {@link SuppressionList.listen}. */
export interface ListenOptions {
  /** Whose words count. Default: all languages that there are words for. */
  languages?: readonly ConsentLanguage[];
  /** More words to unsubscribe by. */
  stopWords?: readonly string[];
  /** More words to subscribe again by. */
  startWords?: readonly string[];
  /** From what those who write STOP are suppressed. Default: everything. */
  categories?: readonly string[];
  /** Sends a confirmation, such as `(message) => wasend.messages.sendText(message)`. Default: none is sent. */
  confirm?: (message: Confirmation) => unknown;
  /** What confirms a STOP; `false`: nothing. Default `"You are unsubscribed. Reply START to subscribe again."` */
  stopText?: string | false;
  /** What confirms a START; `false`: nothing. Default `"You are subscribed again. Reply STOP to unsubscribe."` */
  startText?: string | false;
  /**
   * Hears of somebody who wrote STOP and is known only by a hidden id: they are suppressed under it, but a campaign to
   * their phone number does not know until the two are told to belong together ({@link SuppressionList.learn}).
   */
  onUnresolved?: (contact: RecipientContact) => unknown;
  /**
   * Hears of a confirmation that could not be sent, and of what `onUnresolved` throws. The person is suppressed all the
   * same.
   */
  onError?: (error: unknown) => void;
}

/** What listening does with the suppressions; each says whether it changed anything. */
export interface Consent {
  stop(contact: RecipientContact): Promise<{ changed: boolean; hasPhone: boolean }>;
  start(contact: RecipientContact): Promise<boolean>;
}

/** See {@link SuppressionList.listen}. */
export function listenForConsent(
  receiver: MessageReceiver,
  options: ListenOptions,
  consent: Consent,
): () => void {
  const scheme: unknown = receiver.scheme?.name;
  if (typeof scheme !== "string" || scheme === "none") {
    throw new ConfigurationError(
      "suppressions.listen: the receiver must check that its deliveries are genuine, and show its scheme; with " +
        "schemes.none() anybody could unsubscribe anybody.",
    );
  }
  const { stopText = "You are unsubscribed. Reply START to subscribe again." } = options;
  const { startText = "You are subscribed again. Reply STOP to unsubscribe." } = options;
  const words = wordsOf(options);
  const listener = async ({ message, session }: IncomingMessage): Promise<void> => {
    const word = wantedBy(message, words);
    if (word === undefined) return;
    const { from } = message;
    if (word === "stop") {
      const { changed, hasPhone } = await consent.stop(from);
      if (!hasPhone) await attempt(() => options.onUnresolved?.(from));
      if (changed) await send(from, stopText, session);
    } else if (await consent.start(from)) await send(from, startText, session);
  };
  receiver.on("message", listener);
  return () => void receiver.off?.("message", listener);

  async function send(
    to: RecipientContact,
    text: string | false,
    session: string | undefined,
  ): Promise<void> {
    if (text === false) return;
    await attempt(() =>
      options.confirm?.({ to: to.chatId, text, ...(session !== undefined && { session }) }),
    );
  }

  async function attempt(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      options.onError?.(error);
    }
  }
}

interface Words {
  stop: ReadonlySet<string>;
  start: ReadonlySet<string>;
}

function wordsOf({ languages, stopWords = [], startWords = [] }: ListenOptions): Words {
  const chosen = languages ?? (Object.keys(CONSENT_WORDS) as ConsentLanguage[]);
  const lists = chosen.map((language) => {
    if (Object.hasOwn(CONSENT_WORDS, language)) return CONSENT_WORDS[language];
    const known = Object.keys(CONSENT_WORDS).join(", ");
    throw new ConfigurationError(
      `suppressions.listen: there are words for ${known}; give others as stopWords.`,
    );
  });
  // STOP means the same everywhere.
  const stop = ["stop", ...lists.flatMap((list) => list.stop), ...stopWords].map(plain);
  const start = ["start", ...lists.flatMap((list) => list.start), ...startWords].map(plain);
  return {
    stop: new Set(stop.filter((word) => word !== "")),
    start: new Set(start.filter((word) => word !== "")),
  };
}

function wantedBy(
  { chat, fromMe, text }: IncomingMessage["message"],
  words: Words,
): "stop" | "start" | undefined {
  if (fromMe || text === undefined || text.length > 100 || !/@(?:c\.us|lid|s\.whatsapp\.net)$/.test(chat))
    return undefined;
  const word = plain(text);
  if (words.stop.has(word)) return "stop";
  return words.start.has(word) ? "start" : undefined;
}
