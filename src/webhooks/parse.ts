import { WebhookPayloadError } from "../errors/webhook-errors.js";
import { parseJson } from "./delivery.js";
import type { EventBase, UnknownEvent, WebhookEvent } from "./events/event-types.js";
import { Problem } from "./events/problem.js";
import type { Scope } from "./events/scope.js";
import { EVENT_READERS } from "./events/table.js";
import { isWire, text, type Wire, wire } from "./events/wire.js";
import { type RawBody, rawBody } from "./raw-body.js";
import { wireDate } from "./time.js";

/** Options of {@link parseWebhook}. */
export interface ParseOptions {
  /** The time, in milliseconds since 1970, for envelopes that carry none. Default `Date.now`. */
  clock?: () => number;
}

/**
 * Turns the body of a delivery into an event, without any check that it is genuine: for bodies that a queue of yours
 * already verified. Takes the text, the bytes, or the parsed envelope.
 *
 * An unknown name gives an `UnknownEvent`, and so does a known one whose payload lacks what its type promises.
 *
 * @throws {@link WebhookPayloadError} when the body is no JSON, no object, or names no event; nothing else.
 *
 * @example
 * ```ts
 * const event = parseWebhook(job.data.body);
 * if (event.event === "message") console.log(event.message.kind);
 * ```
 */
export function parseWebhook(body: RawBody | object, options: ParseOptions = {}): WebhookEvent {
  const isRaw = !isWire(body) || ArrayBuffer.isView(body) || body instanceof ArrayBuffer;
  return parseEnvelope(isRaw ? parseJson(rawBodyOf(body)) : body, options.clock ?? Date.now);
}

function rawBodyOf(body: unknown): string | Uint8Array {
  try {
    return rawBody(body);
  } catch {
    throw new WebhookPayloadError("The webhook's body is no text, no bytes and no object.");
  }
}

/** An event out of a parsed body. */
export function parseEnvelope(envelope: unknown, clock: () => number): WebhookEvent {
  if (!isWire(envelope)) throw new WebhookPayloadError("The webhook's body is no JSON object.");
  const name = text(envelope.event);
  if (name === undefined) throw new WebhookPayloadError('The webhook\'s body has no "event" with a name.');
  const base = readBase(envelope, name, clock);
  const reader = EVENT_READERS.get(name);
  if (reader === undefined) return unknown(base, envelope);
  try {
    return Object.assign(base, reader(wire(envelope.payload), base)) as unknown as WebhookEvent;
  } catch (problem) {
    if (problem instanceof Problem) return Object.assign(unknown(base, envelope), { problem: problem.text });
    throw problem;
  }
}

function unknown(base: EventBase, envelope: Wire): WebhookEvent {
  return Object.assign(base, { isUnknown: true, payload: envelope.payload }) as UnknownEvent as WebhookEvent;
}

function readBase(envelope: Wire, event: string, clock: () => number): EventBase & Scope & { event: string } {
  const payload = wire(envelope.payload);
  return {
    event,
    id: text(envelope.id),
    session: text(envelope.session) ?? "",
    at: wireDate(envelope.timestamp) ?? wireDate(payload.timestamp) ?? new Date(clock()),
    engine: text(envelope.engine) ?? text(wire(envelope.environment).engine),
    raw: envelope,
  };
}

/**
 * Whether an event is one without a type here: a new name, or a known one with a payload that lacks something.
 *
 * @example
 * ```ts
 * if (isUnknownEvent(event)) console.warn(event.event, event.problem);
 * ```
 */
export function isUnknownEvent(event: WebhookEvent): event is WebhookEvent & UnknownEvent {
  return "isUnknown" in event;
}
