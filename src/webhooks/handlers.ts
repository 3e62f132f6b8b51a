import { EventEmitter } from "eventemitter3";
import type { UnknownEvent, WebhookEvent, WebhookEventName, WebhookEventOf } from "./events/event-types.js";
import { isUnknownEvent } from "./parse.js";

/** What a listener may return: nothing, or a promise that is awaited before the delivery is answered. */
export type HandlerResult = unknown;

/** The listener of one event, by its name. */
export type WebhookHandler<Name extends WebhookEventName> = (event: WebhookEventOf<Name>) => HandlerResult;

type Handler = (event: WebhookEvent) => HandlerResult;

/** Symbols, which no event on the wire can be named. */
const ANY = Symbol("any");
const UNKNOWN = Symbol("unknown");

/** More events than this half done at once is a broken handler; the oldest are then handled from the start. */
const MOST_HALF_DONE = 1_000;

/** The listeners of a receiver, and which of them have done their part of an event that another one failed. */
export class Handlers {
  readonly #emitter = new EventEmitter<Record<string | symbol, Handler>>();
  readonly #halfDone = new Map<string, Set<Handler>>();

  on<Name extends WebhookEventName>(name: Name, handler: WebhookHandler<Name>): void {
    this.#emitter.on(name, handler as unknown as Handler);
  }

  off<Name extends WebhookEventName>(name: Name, handler: WebhookHandler<Name>): void {
    this.#emitter.off(name, handler as unknown as Handler);
  }

  onAny(handler: Handler): void {
    this.#emitter.on(ANY, handler);
  }

  onUnknown(handler: (event: UnknownEvent) => HandlerResult): void {
    this.#emitter.on(UNKNOWN, handler as Handler);
  }

  /**
   * Runs every listener of an event at once and gives back what they threw. A listener that succeeded is not run again
   * when the same event is delivered once more because of another one's failure.
   */
  async run(key: string, event: WebhookEvent): Promise<unknown[]> {
    const name = isUnknownEvent(event) ? UNKNOWN : event.event;
    const handlers = [...this.#emitter.listeners(name), ...this.#emitter.listeners(ANY)];
    const before = this.#halfDone.get(key);
    const done = new Set(before);
    const failures: unknown[] = [];
    await Promise.all(
      handlers.map(async (handler) => {
        if (before?.has(handler)) return;
        try {
          await handler(event);
          done.add(handler);
        } catch (error) {
          failures.push(error);
        }
      }),
    );
    this.#remember(key, failures.length > 0 ? done : undefined);
    return failures;
  }

  #remember(key: string, done: Set<Handler> | undefined): void {
    this.#halfDone.delete(key);
    if (done === undefined || done.size === 0) return;
    this.#halfDone.set(key, done);
    if (this.#halfDone.size <= MOST_HALF_DONE) return;
    const oldest = this.#halfDone.keys().next();
    if (!oldest.done) this.#halfDone.delete(oldest.value);
  }
}
