import { idle } from "../timers.js";
import { assertSecret } from "./signing.js";

/**
 * How deliveries are signed. `"hmacSha512"` is the engine's, `"standardWebhooks"` is version 1.0.0 with `v1`; for
 * `"urlToken"` the token is already in the address, so that nothing is added, as with `"none"`. A function gives
 * the headers for a body itself.
 * @example createEmulator({ webhook: { url, scheme: (body) => signWebhook(body, { secret }) } })
 */
export type SigningScheme =
  | "hmacSha512"
  | "standardWebhooks"
  | "urlToken"
  | "none"
  | ((body: string) => Record<string, string> | Promise<Record<string, string>>);

/**
 * When a delivery that was not answered with a 2xx is repeated.
 * @example createEmulator({ webhook: { url, retries: { attempts: 2, delayMs: 10 } } })
 */
export interface RetryOptions {
  /** How many times at most, after the first attempt. Default 15, as the engine. */
  attempts?: number;
  /** Milliseconds that the policy starts from. Default 2,000. */
  delayMs?: number;
  /** `"constant"` (default), `"linear"` (1, 2, 3 times the delay) or `"exponential"` (2, 4, 8 times and up to 20 % more). */
  policy?: "constant" | "linear" | "exponential";
}

/**
 * What real deliveries sometimes do. All are off unless switched on.
 * @example emulator.quirks.lids = true; // from now on senders are hidden ids
 */
export interface WebhookQuirks {
  /** `message` and `message.any` of one message carry the same envelope id. */
  sharedIds?: boolean;
  /** The envelope names its `engine` at the top too, which GOWS leaves out. */
  engine?: boolean;
  /** Bodies of 2024: no `id` and no `timestamp`, a status without its history, messages without `source`. */
  bodies2024?: boolean;
  /** A message's DEVICE ack leaves after its READ ack; until there is one, it is held back. */
  acksOutOfOrder?: boolean;
  /** The DEVICE ack of a sent message is delivered before the send call is answered. */
  acksBeforeAnswer?: boolean;
  /** Messages from customers have acks too, with `fromMe: false`: another device of the number has read them. */
  foreignAcks?: boolean;
  /** Acks name the bare id of their message. */
  bareIds?: boolean;
  /** Persons are named by their hidden id, with the phone in `SenderAlt`, or without it. */
  lids?: boolean | "withoutPhone";
  /** Every delivery is sent twice: both at once, or the second after the first was answered. */
  duplicates?: "concurrent" | "afterwards";
}

/**
 * The webhook of the number that is ready from the start, and how the deliveries of all numbers are made.
 * @example createEmulator({ webhook: { url: "http://127.0.0.1:3000/webhooks/wasend" } })
 * @example createEmulator({ webhook: { url: "https://shop.example/hook", fetch: (request) => receiver.handle(request) } })
 */
export interface WebhookOptions {
  /** Where the deliveries of the first number go. Left out, it has no webhook. */
  url?: string;
  /** The secret that signs. Default `emulator.webhookSecret`'s own, which is in the form of every scheme. */
  secret?: string;
  /** Default `"hmacSha512"`. */
  scheme?: SigningScheme;
  /**
   * Names of the events that are sent; `"group.v2.*"` stands for all that begin so, `"*"` for all. Default `message`,
   * `message.ack`, `message.reaction`, `session.status` and `group.v2.*`.
   */
  events?: readonly string[] | "*";
  /** Headers beside the engine's, as its configuration allows them. */
  headers?: Record<string, string>;
  /** What carries the requests. Default the global `fetch`. */
  fetch?: (request: Request) => Response | Promise<Response>;
  retries?: RetryOptions;
  /** Waits between two attempts, and rejects when the signal is aborted. Default a timer that keeps no process alive. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  quirks?: WebhookQuirks;
}

/** The options with every default filled in. */
export interface WebhookSettings extends Required<Omit<WebhookOptions, "url">> {
  url?: string;
  retries: Required<RetryOptions>;
}

/** 29 bytes behind the prefix: whole for the engine's HMAC, and decoded a key for Standard Webhooks. */
const SECRET = `whsec_${btoa("the emulator's webhook secret")}`;
const EVENTS = ["message", "message.ack", "message.reaction", "session.status", "group.v2.*"];

export function webhookSettingsOf(options: WebhookOptions = {}): WebhookSettings {
  const { url, secret = SECRET, scheme = "hmacSha512" } = options;
  if (url !== undefined && !URL.canParse(url)) throw new TypeError(`"${url}" is not a URL for a webhook`);
  assertSecret(scheme, secret);
  return {
    url,
    secret,
    scheme,
    events: options.events ?? EVENTS,
    headers: customHeaders(options.headers),
    // Looked up at each delivery, so that a replaced global fetch is met.
    fetch: options.fetch ?? ((request) => globalThis.fetch(request)),
    retries: { attempts: 15, delayMs: 2_000, policy: "constant", ...options.retries },
    wait: options.wait ?? idle,
    quirks: options.quirks ?? {},
  };
}

/** The engine lets nobody override its own. */
const customHeaders = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-webhook-/i.test(name)));

export const isWanted = ({ events }: WebhookSettings, name: string): boolean =>
  events === "*" ||
  events.some((one) => one === name || (one.endsWith("*") && name.startsWith(one.slice(0, -1))));
