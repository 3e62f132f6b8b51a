import type { Content } from "./records.js";

/**
 * A customer's message to a number. `type` follows from the rest: `"text"` unless said otherwise.
 * @example await emulator.receive({ from: "+14155550123", name: "Ann", text: "hi" });
 */
export interface Incoming extends Partial<Content> {
  /** Phone of the customer, with `+`. */
  from: string;
  /** Name that the customer shows. */
  name?: string;
  /** Group to write in; left out, it is a private message. */
  group?: string;
  /** The number that gets it. Default `emulator.session`. */
  session?: string;
}

/**
 * A customer's reaction to a message.
 * @example await emulator.react({ from: "+14155550123", messageId: sent.id, emoji: "👍" });
 */
export interface IncomingReaction {
  /** Phone of the customer, with `+`. */
  from: string;
  /** Id of the message, own or received, in any of its forms. */
  messageId: string;
  /** Empty: the customer takes the reaction back. */
  emoji: string;
}
