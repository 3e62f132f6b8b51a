import { EventEmitter } from "eventemitter3";
import { isWasendError } from "../errors/wasend-error.js";
import { reasonOf } from "./error-codes.js";
import type { WebhookEvent } from "./events/event-types.js";

/** Where a receiver writes what nobody listens for. `console` is one. */
export interface WebhookLogger {
  /** Writes one line. */
  error(message: string): void;
}

/** Hears of everything that went wrong; `event` is there once the delivery had been read. */
export type WebhookErrorListener = (error: unknown, event?: WebhookEvent) => unknown;

/** Tells `onError` listeners, or the log when there are none, and never throws. */
export class Reporter {
  readonly #emitter = new EventEmitter<{ failure: [unknown, WebhookEvent?] }>();
  readonly #logger: WebhookLogger;

  constructor(logger: WebhookLogger) {
    this.#logger = logger;
  }

  onError(listener: WebhookErrorListener): void {
    this.#emitter.on("failure", async (error, event) => {
      try {
        await listener(error, event);
      } catch {
        this.#logger.error("wasend webhooks: an onError listener failed itself.");
      }
    });
  }

  report(error: unknown, event?: WebhookEvent): void {
    const heard = this.#emitter.emit("failure", error, event);
    const isMistake = reasonOf(error) === "parsed_body";
    // A wrongly mounted body parser stops every delivery, and its message says how to mend it: never only an event.
    if (!heard || isMistake) this.#logger.error(`wasend webhooks: ${lineFor(error, event)}`);
  }
}

/** This package's messages hold nothing secret; of a foreign error only its name is safe to write down. */
function lineFor(error: unknown, event: WebhookEvent | undefined): string {
  const what = isWasendError(error) ? `${error.name}: ${error.message}` : foreignName(error);
  return event === undefined ? what : `"${event.event.slice(0, 60)}" failed: ${what}`;
}

function foreignName(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  return `${name} (listen with receiver.onError to see it)`;
}
