import type { PaceOptions } from "../bulk/pace-options.js";
import type { RenderedMessage } from "../bulk/types.js";

/** How a campaign is to be sent, as every worker has to know it. */
export interface CampaignSettings {
  sessions: readonly string[];
  pace: Omit<PaceOptions, "store">;
  checkExists: boolean;
  typing: boolean;
  concurrency: number;
  failuresBeforePause: number;
  mayDuplicate: boolean;
  /** Whether it was planned with suppressions, and must not be sent without. */
  suppressions: boolean;
}

/** `running`, `paused` by somebody, or `cancelled`: what is pending stays so. */
export type CampaignState = "running" | "paused" | "cancelled";

/** A campaign as Redis has it. */
export interface StoredCampaign {
  name: string;
  salt: string;
  state: CampaignState;
  /** Whether all its rows are in. */
  enqueued: boolean;
  settings: CampaignSettings;
}

/** What a job carries. */
export interface JobData {
  /** The campaign's id. */
  campaign: string;
  person: string;
  row: number;
  to: string;
  message: RenderedMessage;
  isNew: boolean;
  /** It was put back once because too many failed in a row. */
  again?: true;
}
