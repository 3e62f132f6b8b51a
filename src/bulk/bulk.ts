import { Campaign } from "./campaign.js";
import { giveParts } from "./campaign-parts.js";
import type { CampaignOptions } from "./options.js";
import { memoryPace, type PaceStore } from "./pace-store.js";
import { type BulkResources, senderOf } from "./sender.js";
import type { CampaignHost } from "./setup.js";
import type { CampaignRecipient, Clock } from "./types.js";

/** What a client's campaigns remember of their numbers' pace; moments of one clock mean nothing to another. */
export type PaceStores = WeakMap<Clock, PaceStore>;

/** Messages to many people. The API has no endpoint for it: each recipient is one send of this SDK. */
export class Bulk {
  readonly #host: CampaignHost;

  /** @internal */
  constructor(resources: BulkResources, session: string | undefined, stores: PaceStores = new WeakMap()) {
    this.#host = {
      sender: senderOf(resources),
      session,
      paceStore(clock) {
        const store = stores.get(clock) ?? memoryPace();
        stores.set(clock, store);
        return store;
      },
    };
  }

  /**
   * Makes a campaign. Nothing is read or sent before `plan()` or `run()`.
   *
   * @throws {@link ValidationError} when an option cannot work, {@link ConfigurationError} when no number is given.
   *
   * @example
   * ```ts
   * const campaign = wasend.bulk.campaign({
   *   name: "spring-sale",
   *   recipients: csvFile("customers.csv", { to: "Mobile" }),
   *   message: { text: "Hi {{firstName|there}}, order {{orderId}} ships today." },
   *   journal: fileJournal("spring-sale.jsonl"),
   * });
   * for await (const { row, status } of campaign.run()) console.log(row, status);
   * ```
   */
  campaign<R extends CampaignRecipient = CampaignRecipient>(options: CampaignOptions<R>): Campaign<R> {
    const campaign = new Campaign(this.#host, options);
    giveParts(campaign, { host: this.#host, options });
    return campaign;
  }
}
