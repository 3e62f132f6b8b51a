import { EventEmitter } from "eventemitter3";
import type { CampaignEvents } from "./options.js";

/** Hears one kind of a campaign's events. What it throws or rejects with never reaches the campaign. */
export type CampaignListener<Name extends keyof CampaignEvents> = (event: CampaignEvents[Name]) => unknown;

/** A campaign's events. */
export class CampaignEmitter {
  readonly #emitter = new EventEmitter();

  on<Name extends keyof CampaignEvents>(name: Name, listener: CampaignListener<Name>): void {
    this.#emitter.on(name, listener as () => void);
  }

  off<Name extends keyof CampaignEvents>(name: Name, listener: CampaignListener<Name>): void {
    this.#emitter.off(name, listener as () => void);
  }

  /** `make` only runs when somebody listens. */
  tell<Name extends keyof CampaignEvents>(name: Name, make: () => CampaignEvents[Name]): void {
    if (this.#emitter.listenerCount(name) === 0) return;
    const event = make();
    for (const listener of this.#emitter.listeners(name) as unknown as CampaignListener<Name>[]) {
      try {
        const result = listener(event);
        if (result instanceof Promise) result.catch(() => {});
      } catch {
        // A progress bar that breaks must not break a campaign.
      }
    }
  }
}
