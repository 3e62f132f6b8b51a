import type { Answer } from "./answers.js";

/** A request as it came, before anybody looked at it. Header names are lower-case. */
export interface WireRequest {
  method: string;
  /** Path and query, still encoded. */
  target: string;
  headers: Record<string, string>;
  body: Uint8Array | "too large";
}

/** What the asking side meets: an answer, one that dies half way, or a connection that dies without one. */
export type Outcome = "reset" | { answer: Answer; cut: boolean };

/** 50 MB: a larger body is answered with 413. */
export const BODY_LIMIT = 50 * 1024 * 1024;
