import type { CampaignReport } from "../bulk/options.js";
import type { StoredCampaign } from "./header.js";

/** The totals out of a campaign's counts. */
export function reportFrom(counts: Readonly<Record<string, string>>): CampaignReport {
  const count = (name: string) => Number(counts[name] ?? 0);
  const [total, sent, failed] = [count("total"), count("sent"), count("failed")];
  const [skipped, unknown] = [count("skipped"), count("unknown")];
  return { total, sent, failed, skipped, unknown, pending: total - sent - failed - skipped - unknown };
}

/** Whether nothing is left to do, or nothing more is to be done. */
export function hasEnded(campaign: StoredCampaign, counts: Readonly<Record<string, string>>): boolean {
  return campaign.state === "cancelled" || (campaign.enqueued && reportFrom(counts).pending === 0);
}
