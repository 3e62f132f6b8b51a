import type { Outcome } from "../errors/index.js";

/** What every event says about its call. Paths are templates: the real ones hold phone numbers. */
export interface CallEvent {
  /** Ties the events of one call together, for instance `c7`. */
  callId: string;
  /** The operation, for instance `messages.sendText`. */
  operation: string;
  method: string;
  /** The path template, for instance `/{session}/chats/{chatId}/messages`. */
  path: string;
  /** The number that acts, where the call has one. */
  session: string | undefined;
  /** Which attempt of the call this is, from 1. */
  attempt: number;
}

/** A request is about to leave. */
export interface RequestEvent extends CallEvent {}

/** A complete answer came. */
export interface ResponseEvent extends CallEvent {
  status: number;
  durationMs: number;
  requestId: string | undefined;
}

/** An attempt failed and will be repeated. */
export interface RetryEvent extends CallEvent {
  /** What is known about the effect of the failed attempt. */
  outcome: Outcome;
  /** Its status, if an answer came. */
  status: number | undefined;
  waitMs: number;
}

/** The server said 429; every call of this number is held. */
export interface RateLimitedEvent extends CallEvent {
  /** How long the number is held, in milliseconds. */
  waitMs: number;
  /** The wait that the server named, in seconds. */
  retryAfter: number | undefined;
}

/** The events of a client, for {@link Wasend.on}. */
export interface WasendEvents {
  request: RequestEvent;
  response: ResponseEvent;
  retry: RetryEvent;
  rateLimited: RateLimitedEvent;
}

/** Tells whoever listens. Never throws. */
export type Emit = <Name extends keyof WasendEvents>(name: Name, event: WasendEvents[Name]) => void;
