import { listOperation, operation, type Rule } from "./operation.js";
import { defined, flag, isRecord, type Json, list, nothing, pick, text } from "./read.js";

/** Where a WhatsApp number is on its way to be usable. */
export type NumberState = "created" | "starting" | "scan_qr" | "ready" | "stopped" | "failed" | "unknown";

/**
 * A WhatsApp number. Fields that the SDK does not know are kept beside these.
 *
 * Source: `Session` of the vendor's client; `/docs/sessions/get-info`.
 */
export interface NumberInfo {
  /** The id to use as `session` in every call (`uniqueSessionId` on the wire). */
  session: string;
  /** The name it was given. */
  sessionName: string;
  /** Its phone number, with `+`. */
  phoneNumber: string;
  /** Its status in the server's own word, such as `CONNECTED` or `SCAN_QR_CODE`; empty when there is none. */
  status: string;
  /** The same as one of a few words, whichever vocabulary the server uses. */
  state: NumberState;
  enableAccountProtection?: boolean;
  enableMessageLogging?: boolean;
  enableWebhook?: boolean;
  webhookUrl?: string;
  createdAt?: string;
  updatedAt?: string;
}

/** What a number's QR code holds. */
export interface Qr {
  /** The code's content, as the server sends it. */
  data: string;
}

/** Both published vocabularies: the vendor's README and the engine's. */
const STATES: Readonly<Record<string, NumberState>> = {
  CREATED: "created",
  STARTING: "starting",
  SCAN_QR_CODE: "scan_qr",
  CONNECTED: "ready",
  WORKING: "ready",
  STOPPED: "stopped",
  ERROR: "failed",
  FAILED: "failed",
};

/** A status word of the wire as a state; unknown words are `"unknown"`. */
export function numberState(status: string): NumberState {
  return STATES[status.toUpperCase()] ?? "unknown";
}

/** Reads a number from any of its published places: bare, below `session`, with its status below `downstream`. */
export function readNumber(json: unknown): NumberInfo | undefined {
  if (!isRecord(json)) return undefined;
  const { session: nested, downstream, ...rest } = json;
  const own: Json = isRecord(nested) ? { ...nested, ...rest } : { ...json };
  const session = text(pick(own, "uniqueSessionId")) ?? (typeof nested === "string" ? nested : text(own.id));
  if (session === undefined) return undefined;
  const config = isRecord(own.config) ? own.config : {};
  const live = isRecord(downstream) ? text(downstream.status) : undefined;
  const status = live ?? text(own.status) ?? "";
  return defined({
    ...own,
    ...(downstream !== undefined && { downstream }),
    session,
    sessionName: text(own.sessionName) ?? text(own.name) ?? "",
    phoneNumber: text(own.phoneNumber) ?? "",
    status,
    state: numberState(status),
    enableAccountProtection: flag(own.enableAccountProtection ?? config.enableAccountProtection),
    enableMessageLogging: flag(own.enableMessageLogging ?? config.enableMessageLogging),
    enableWebhook: flag(own.enableWebhook ?? config.enableWebhook),
    webhookUrl: text(own.webhookUrl ?? config.webhookUrl),
    createdAt: text(own.createdAt),
    updatedAt: text(own.updatedAt),
  });
}

function readWrappedNumber(json: unknown): NumberInfo | undefined {
  return readNumber(json) ?? (isRecord(json) ? readNumber(json.data) : undefined);
}

const webhookNeedsAddress: Rule = ({ enableWebhook, webhookUrl }) => {
  if (enableWebhook === true && webhookUrl === undefined) {
    return { path: "webhookUrl", message: "is required when enableWebhook is true" };
  }
  if (enableWebhook === undefined && webhookUrl !== undefined) {
    return {
      path: "enableWebhook",
      message: "must be true for the webhookUrl to be used (or false to keep it unused)",
    };
  }
  return undefined;
};

const aNumber = "a WhatsApp number";

export const createNumber = operation({
  id: "numbers.create",
  method: "POST",
  path: "/sessions",
  retry: "unsent-only",
  source: "both",
  page: "/docs/sessions/create",
  body: (fields) => ({
    sessionName: fields.text(),
    phoneNumber: fields.phone(),
    enableAccountProtection: fields.optional(fields.flag()),
    enableMessageLogging: fields.optional(fields.flag()),
    enableWebhook: fields.optional(fields.flag()),
    webhookUrl: fields.optional(fields.url()),
  }),
  rules: [webhookNeedsAddress],
  expects: aNumber,
  reply: readWrappedNumber,
});

export const listNumbers = listOperation({
  id: "numbers.list",
  method: "GET",
  path: "/sessions",
  retry: "always",
  source: "both",
  page: "/docs/sessions/get-all",
  expects: "a list of WhatsApp numbers",
  reply: (json) => list(json, "sessions", readNumber),
});

export const getNumber = operation({
  id: "numbers.get",
  method: "GET",
  path: "/sessions/{sessionId}",
  retry: "always",
  source: "both",
  page: "/docs/sessions/get-info",
  expects: aNumber,
  reply: readWrappedNumber,
});

export const deleteNumber = operation({
  id: "numbers.delete",
  method: "DELETE",
  path: "/sessions/{sessionId}",
  retry: "always",
  source: "both",
  page: "/docs/sessions/delete",
  expects: "nothing",
  reply: nothing,
});

export const startNumber = operation({
  id: "numbers.start",
  method: "POST",
  path: "/sessions/{sessionId}/start",
  retry: "unsent-only",
  source: "sdk",
  expects: aNumber,
  reply: readWrappedNumber,
});

export const stopNumber = operation({
  id: "numbers.stop",
  method: "POST",
  path: "/sessions/{sessionId}/stop",
  retry: "unsent-only",
  source: "sdk",
  expects: aNumber,
  reply: readWrappedNumber,
});

export const restartNumber = operation({
  id: "numbers.restart",
  method: "POST",
  path: "/sessions/{sessionId}/restart",
  retry: "unsent-only",
  source: "both",
  page: "/docs/sessions/restart",
  expects: aNumber,
  reply: readWrappedNumber,
});

export const getQr = operation({
  id: "numbers.getQr",
  method: "GET",
  path: "/sessions/{sessionId}/auth/qr",
  retry: "always",
  // The page spells the path `/sessions/{sessionId}/qr`; the engine agrees with the client.
  source: "both",
  page: "/docs/sessions/get-qr",
  expects: "a QR code",
  reply: (json): Qr | undefined => {
    const data = isRecord(json) ? text(pick(json, "data", "value")) : undefined;
    return data === undefined || data === "" ? undefined : { ...(json as Json), data };
  },
});
