import type { Recipient } from "../../contract/recipient.js";
import type { Suppressions } from "../types.js";
import type { ListenOptions, MessageReceiver } from "./listen.js";

/** Why somebody is to be left alone, and from what. */
export interface SuppressOptions {
  /** For the audit: `"complaint"`, `"import of 2025"`. Default `"manual"`. */
  reason?: string;
  /** What the person does not want, such as `["marketing"]`. Default: anything at all. */
  categories?: readonly string[];
  /** When the person said so, in Unix milliseconds. Default: now. */
  at?: number;
}

/** Somebody who is to be left alone. */
export interface Suppression {
  /** The address as it was given. */
  to: string;
  reason: string;
  /** `undefined`: everything. */
  categories?: readonly string[];
  /** In Unix milliseconds. */
  at: number;
}

/** One entry of the audit. */
export interface SuppressionEvent extends Suppression {
  /** What happened: left alone, or written to again. */
  event: "suppressed" | "resubscribed";
}

/**
 * Who must not be written to. `memorySuppressions()` and `fileSuppressions(path)` are the two that there are. A person
 * is known in every form of the number (Brazil's ninth digit, Mexico's `521`, Argentina's `549`), and under the hidden
 * `…@lid` and the chat id as soon as {@link learn} or a contact with several of them told that they belong together.
 *
 * @example
 * ```ts
 * const suppressions = fileSuppressions("suppressions.jsonl");
 * await suppressions.add("+14155550123", { reason: "asked by phone", categories: ["marketing"] });
 * suppressions.listen(receiver, { confirm: (message) => wasend.messages.sendText(message) });
 * const campaign = wasend.bulk.campaign({ …, suppressions: suppressions.for("marketing") });
 * ```
 */
export interface SuppressionList extends Suppressions {
  /** Adds people. Somebody who is there already stays, with the newer reason and the wider categories. */
  add(who: Recipient | readonly Recipient[], options?: SuppressOptions): Promise<void>;
  /** Lets people be written to again. How many were suppressed. */
  remove(who: Recipient | readonly Recipient[], options?: { reason?: string; at?: number }): Promise<number>;
  /**
   * Whether this person is suppressed. With a category: for it or for everything; without: for anything at all.
   *
   * @throws ValidationError when it is no address.
   */
  has(to: Recipient, options?: { category?: string }): boolean | Promise<boolean>;
  /** Tells that two addresses are one person. */
  learn(to: string, alias: string): Promise<void>;
  /** The same list as a campaign of one category sees it. */
  for(category: string): Suppressions;
  /** Everybody who is suppressed, oldest first, without those who were forgotten. */
  list(): Promise<Suppression[]>;
  /**
   * The audit: who was suppressed or written to again, when and why. CSV opens in a spreadsheet without running formulas
   * or changing numbers.
   */
  export(format: "csv" | "json"): Promise<string>;
  /** Every address under which a person is known, in the form in which they are compared. */
  aliases(who: Recipient): Promise<string[]>;
  /**
   * Removes every trace of a person, but for a hash that keeps them suppressed, from everything. Whether they had been
   * suppressed, or were known under another address.
   */
  forget(who: Recipient): Promise<boolean>;
  /**
   * Suppresses those who answer STOP, and lets those who answer START be written to again: in direct chats, when the
   * word is the whole message.
   *
   * @returns A function that ends the listening.
   * @throws ConfigurationError when the receiver does not check who sends its deliveries (`schemes.none()`): anybody
   * could unsubscribe anybody.
   */
  listen(receiver: MessageReceiver, options?: ListenOptions): () => void;
}
