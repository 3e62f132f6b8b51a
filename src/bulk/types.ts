import type { WasendError } from "../errors/index.js";

/** One person of a campaign: whom to write to, and whatever other fields the template names. */
export interface CampaignRecipient {
  /** `+` and digits, a JID, or a contact out of an event, as for `messages.send`. */
  to: unknown;
}

/**
 * Where recipients come from. It must be possible to go through them again (an array, a `Set`, `csv(…)`, a function that
 * opens a cursor): a plan reads them once and every run reads them again.
 */
export type Recipients<R extends CampaignRecipient = CampaignRecipient> =
  | Iterable<R>
  | AsyncIterable<R>
  | (() => Iterable<R> | AsyncIterable<R>);

/** What a campaign sends, without its address. */
export type CampaignContent = Omit<RenderedMessage, "to">;

/** What a campaign sends: fields whose strings are templates, or a function that makes the fields. */
export type CampaignMessage<R extends CampaignRecipient = CampaignRecipient> =
  | CampaignContent
  | ((recipient: R) => CampaignContent);

/**
 * What a source that knows more than the recipient hangs onto it: `csv()` its record's number and line, and what was
 * wrong with a record that cannot be used. A row without it is numbered by its place.
 */
export const ROW: unique symbol = Symbol.for("wasend.row") as never;

/** See {@link ROW}. */
export interface RowInfo {
  /** 1 for the first record after the header. */
  row: number;
  /** The line of the file on which the record starts, from 1. */
  line?: number;
  /** Why the record cannot be used; it is then skipped, never lost. */
  reject?: string;
}

/** What became of one recipient. */
export type CampaignStatus = "sent" | "failed" | "skipped" | "unknown";

/** The outcome for one recipient, as `run()` yields it. */
export interface CampaignOutcome {
  /** The recipient's number in its source, from 1. */
  row: number;
  /** The address in the wire's form; empty when there was none to read. */
  to: string;
  status: CampaignStatus;
  /** The number that sent it. */
  session?: string;
  messageId?: string;
  /** Why it was skipped, failed, or is not known: a short code, such as `duplicate` or `suppressed`. */
  reason?: string;
  /** The reason in words, where there are more to say. */
  detail?: string;
  /** The error of the attempt, when there was one in this process. */
  error?: WasendError;
}

/** Time, injectable so that a day of sending runs in a second. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; ends early, without throwing, when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The part of the client that a campaign uses; any object with these can stand in for it. */
export interface CampaignSender {
  /** Sends one rendered message. Rejects with a {@link WasendError} whose `outcome` decides what is recorded. */
  send(
    message: RenderedMessage,
    options: { session: string; signal?: AbortSignal | undefined },
  ): Promise<{ id?: string; to?: string; recipient?: string }>;
  /** Whether the number can send now. May reject when that cannot be found out. */
  isReady(session: string, options: { signal?: AbortSignal | undefined }): Promise<boolean>;
  /** Whether a phone number is on WhatsApp, and the address to send to. */
  exists(session: string, phone: string): Promise<{ exists: boolean; jid?: string }>;
  /** The newest messages of a chat since a moment (Unix milliseconds), for reconciling. */
  history(
    session: string,
    chat: string,
    sinceMs: number,
  ): AsyncIterable<{
    id: string;
    fromMe: boolean;
    body?: string;
    caption?: string;
    timestamp: number;
    ack?: number;
  }>;
  /** Shows the typing indicator until `wait` is over; what fails of it is nobody's concern. */
  typing(session: string, to: string, wait: () => Promise<void>): Promise<void>;
}

/** The fields of `messages.send`, templates filled in. */
export interface RenderedMessage {
  to: string;
  text?: string;
  imageUrl?: string;
  videoUrl?: string;
  documentUrl?: string;
  audioUrl?: string;
  mimetype?: string;
  filename?: string;
  preview?: Record<string, string>;
}

/** Who must not be written to. */
export interface Suppressions {
  /** Whether this address (in any of its forms: phone variants, `@lid`, chat id) is suppressed. */
  has(to: string): boolean | Promise<boolean>;
  /** Tells that two addresses are the same person, as a send's reply shows (`+55…` and its `…@lid`). */
  learn?(to: string, alias: string): void | Promise<void>;
}
