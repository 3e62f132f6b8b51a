import type { CampaignOptions } from "./options.js";
import type { CampaignHost } from "./setup.js";
import type { CampaignRecipient } from "./types.js";

/** What another engine than the one in this process needs of a campaign. */
export interface CampaignParts<R extends CampaignRecipient = CampaignRecipient> {
  host: CampaignHost;
  options: CampaignOptions<R>;
}

/** By name, so that a campaign of the one module format can be handed to an engine of the other. */
const PARTS = Symbol.for("wasend.campaign");

/** Hangs its parts onto a campaign, out of its users' sight. */
export function giveParts<R extends CampaignRecipient>(campaign: object, parts: CampaignParts<R>): void {
  Object.defineProperty(campaign, PARTS, { value: parts });
}

/** A campaign's parts; `undefined` when it is none. */
export function partsOf(campaign: object): CampaignParts | undefined {
  return (campaign as { [PARTS]?: CampaignParts })[PARTS];
}
