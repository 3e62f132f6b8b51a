import type { Wasend } from "@wasend/sdk";

/** One answer of the server and the public value that a user gets for it. */
export interface Reply {
  name: string;
  /** Default: 201 for POST, else 200. */
  status?: number;
  json?: unknown;
  /** Instead of `json`: the body as it is. */
  text?: string;
  gives: unknown;
}

/** What a field of a public value may be, whatever the server sent: `"text"`, `"text?"` when it may be missing. */
export type FieldKind =
  | "text"
  | "text?"
  | "number"
  | "number?"
  | "flag"
  | "flag?"
  | "object?"
  | "list"
  | "list?";

/**
 * One operation from a user's side. Written by hand from the wire contract, never derived from the code, or both would be
 * wrong together.
 */
export interface Row {
  id: string;
  call: (wasend: Wasend) => PromiseLike<unknown>;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Decoded. */
  path: string;
  /** As sent, where it differs from `path`. */
  rawPath?: string;
  /** Decoded; of a repeated key all values. */
  query?: Record<string, string | string[]>;
  /** As sent, where the spelling matters. */
  rawQuery?: string;
  body?: unknown;
  /** A: always. U: only when unsent. */
  retry: "A" | "U";
  source: "sdk" | "docs" | "both" | "unproven";
  replies: Reply[];
  /** Kinds of the public fields of the value, or of each item of a list. Void calls have none. */
  fields?: Record<string, FieldKind>;
  /** What an empty body means: an error for most. */
  empty?: { gives: unknown };
}

export const S = "sess_1";
export const G = "120363025246125486@g.us";
export const PHONE = "+14155550123";
export const CHAT = "14155550123@c.us";
export const MESSAGE = "true_14155550123@c.us_3EB0C767D097B7C1A2B3";

/** Answers that say nothing beyond their status. */
export const VOID: Pick<Row, "replies" | "empty"> = {
  empty: { gives: undefined },
  replies: [
    { name: "enveloped", json: { success: true, message: "done" }, gives: undefined },
    { name: "a text that is no JSON", text: "OK", gives: undefined },
    { name: "no content", status: 204, text: "", gives: undefined },
  ],
};
