import { ConfigurationError } from "../errors/index.js";
import { checkOptions } from "./check-options.js";
import { systemClock } from "./clock.js";
import type { CampaignOptions } from "./options.js";
import { Pace, paceOptions } from "./pace.js";
import type { PaceStore } from "./pace-store.js";
import { type CompiledMessage, compileMessage } from "./template.js";
import type { CampaignRecipient, CampaignSender, Clock, Suppressions } from "./types.js";

/** What a client gives to its campaigns. */
export interface CampaignHost {
  sender: CampaignSender;
  /** The client's own number. */
  session: string | undefined;
  /** The pace store that campaigns share who live by the same clock. */
  paceStore(clock: Clock): PaceStore;
}

/** A campaign's options with every default filled in. */
export interface Setup<R extends CampaignRecipient = CampaignRecipient> {
  name: string;
  sender: CampaignSender;
  sessions: readonly string[];
  template: CompiledMessage<R>;
  pace: Pace;
  suppressions: Suppressions | undefined;
  mayDuplicate: boolean;
  isNewChat: (recipient: R) => boolean;
  checkExists: boolean;
  typing: boolean;
  concurrency: number;
  failuresBeforePause: number;
  clock: Clock;
}

const FAILURES_BEFORE_PAUSE = 5;
const MOST_AT_ONCE = 64;
const AT_ONCE_WITHOUT_PACE = 8;

/** Checks the options of a campaign, and fills in what is not given. */
export function setUp<R extends CampaignRecipient>(
  host: CampaignHost,
  options: CampaignOptions<R>,
): Setup<R> {
  checkOptions(options);
  const { clock = systemClock, random = Math.random, onUnknown = "hold" } = options;
  const sessions = options.sessions ?? (host.session === undefined ? [] : [host.session]);
  const chosen = paceOptions(options.pace ?? "careful");
  const { concurrency = defaultConcurrency(chosen), failuresBeforePause = FAILURES_BEFORE_PAUSE } = options;
  if (sessions.length === 0) {
    throw new ConfigurationError(
      "bulk.campaign: no number to send with. Give sessions: [session], or make the client with new Wasend({ session }).",
    );
  }
  return {
    name: options.name,
    sender: host.sender,
    sessions,
    template: compileMessage(options.message, options),
    pace: new Pace(chosen, host.paceStore(clock), clock, random),
    suppressions: options.suppressions,
    mayDuplicate: onUnknown === "mayDuplicate",
    isNewChat: options.isNewChat ?? (() => true),
    checkExists: options.checkExists ?? false,
    typing: options.typing ?? false,
    concurrency,
    failuresBeforePause,
    clock,
  };
}

function defaultConcurrency({ gapMs, perSecond, burst }: ReturnType<typeof paceOptions>): number {
  if (gapMs !== undefined) return 1;
  // After a stall all that is under way arrives at once; half a bucket of it can be no refusal.
  if (burst !== undefined) return Math.min(MOST_AT_ONCE, Math.max(AT_ONCE_WITHOUT_PACE, burst >> 1));
  return Math.min(MOST_AT_ONCE, Math.max(1, Math.ceil(perSecond ?? AT_ONCE_WITHOUT_PACE)));
}
