import { EventEmitter } from "eventemitter3";
import type { WasendEvents } from "./http/events.js";
import { describeThrown, type Logger } from "./logger.js";

/** Hears one kind of event. What it returns is not waited for, and what it throws goes to the log. */
export type Listener<Name extends keyof WasendEvents> = (event: WasendEvents[Name]) => unknown;

type AnyListener = (event: never) => unknown;

/** A client's events. Telling them never throws, and one listener never keeps another from hearing. */
export class Events {
  readonly #emitter: EventEmitter;
  readonly #logger: Logger;

  /** With the listeners of `shared`, but a log of its own. */
  constructor(logger: Logger, shared?: Events) {
    this.#logger = logger;
    this.#emitter = shared === undefined ? new EventEmitter() : shared.#emitter;
  }

  on<Name extends keyof WasendEvents>(name: Name, listener: Listener<Name>): void {
    this.#emitter.on(name, listener as () => void);
  }

  once<Name extends keyof WasendEvents>(name: Name, listener: Listener<Name>): void {
    this.#emitter.once(name, listener as () => void);
  }

  off<Name extends keyof WasendEvents>(name: Name, listener: Listener<Name>): void {
    this.#emitter.off(name, listener as () => void);
  }

  /** `emit` of the emitter itself stops at the first listener that throws. */
  emit<Name extends keyof WasendEvents>(name: Name, event: WasendEvents[Name]): void {
    this.#log(name, event);
    if (this.#emitter.listenerCount(name) === 0) return;
    for (const listener of this.#emitter.listeners(name) as AnyListener[]) {
      // Takes it off only where it is to hear once.
      this.#emitter.off(name, listener as () => void, undefined, true);
      try {
        const result = listener(event as never);
        if (result instanceof Promise) result.catch((error: unknown) => this.#report(name, error));
      } catch (error) {
        this.#report(name, error);
      }
    }
  }

  #report(name: string, error: unknown): void {
    this.#logger.warn(`a listener of "${name}" failed: ${describeThrown(error)}`);
  }

  #log<Name extends keyof WasendEvents>(name: Name, event: WasendEvents[Name]): void {
    if (name === "retry" || name === "rateLimited") this.#logger.info(name, event);
    else this.#logger.debug(name, event);
  }
}
