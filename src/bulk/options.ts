import type { Journal } from "./journal.js";
import type { PaceChoice } from "./pace-options.js";
import type {
  CampaignMessage,
  CampaignRecipient,
  Clock,
  Recipients,
  RenderedMessage,
  Suppressions,
} from "./types.js";
import type { PauseReason } from "./verdict.js";

/** For `wasend.bulk.campaign`. */
export interface CampaignOptions<R extends CampaignRecipient = CampaignRecipient> {
  /** What the journal knows the campaign by. */
  name: string;
  /**
   * Whom to write to. Read by the plan and again by every run, once for each number. A source that can be read only once
   * needs a journal that spools it.
   */
  recipients: Recipients<R>;
  /**
   * The fields of `messages.send`, whose strings are templates (`{{field}}`, `{{field|fallback}}`), or a function that
   * makes them. A function has to give the same message for the same recipient every time: what was planned is what is
   * sent, and a difference is refused.
   */
  message: CampaignMessage<R>;
  /**
   * Whether `*`, `_`, `~` and the backtick in values are replaced by signs that look alike, so that WhatsApp does not take
   * them for formatting. Default: false.
   */
  escapeFormatting?: boolean;
  /**
   * The numbers that send, by their ids. Each has a lane of its own; a person stays with one number. Default: the
   * client's `session`.
   */
  sessions?: readonly string[];
  /** Default: `"careful"`. */
  pace?: PaceChoice;
  /**
   * Who must not be written to. Asked by the plan, and again right before each attempt. Where a recipient is a contact
   * with several addresses, the plan lets them learn that these belong together.
   */
  suppressions?: Suppressions;
  /** Where the campaign keeps what it did: `fileJournal(path)` or `memoryJournal()`. A plan needs none. */
  journal?: Journal;
  /**
   * What happens to a message of which nobody knows whether it went out. `"hold"` (default): it stays `unknown`, for
   * `reconcile()` or a person to settle. `"mayDuplicate"`: it is sent again, up to three times in one run, and may arrive
   * as often.
   */
  onUnknown?: "hold" | "mayDuplicate";
  /**
   * Whether a message opens a chat, which WhatsApp watches more closely: the budget `newChatsPerDay` and the error 463
   * concern these only. Default: every one does, since nobody here can know.
   */
  isNewChat?: (recipient: R) => boolean;
  /**
   * Whether to ask first, for each recipient, if the number is on WhatsApp; who is not is skipped, and the message goes
   * to the address that the server names. Default: false.
   */
  checkExists?: boolean;
  /** Whether to show the typing indicator before each message, 50 ms a character, 3 to 8 s. Default: false. */
  typing?: boolean;
  /**
   * Requests of one number that may be under way at once. Default: 1 with gaps; half of a token bucket's
   * capacity, 8 at least; else one for each message a second, 8 without any pace; 64 at most.
   */
  concurrency?: number;
  /** After so many failures in a row a number rests until it is ready. Default: 5. Ours. */
  failuresBeforePause?: number;
  /** Default: this machine's time. */
  clock?: Clock;
  /** Numbers from 0 to below 1, for the gaps. Default: `Math.random`. */
  random?: () => number;
}

/** For `campaign.run`. */
export interface RunOptions {
  /** Ends the run as `cancel()` does: what is under way is finished first. */
  signal?: AbortSignal;
  /**
   * Milliseconds after which no further message is started; a number whose next turn comes later stops at once. A later
   * run goes on from there.
   */
  maxDurationMs?: number;
}

/** A row that will not be sent to. */
export interface SkippedRow {
  row: number;
  to: string;
  /**
   * `invalid_row`, `invalid_number`, `duplicate`, `suppressed`, `template_error`, `empty_message`, `text_too_long`,
   * `caption_too_long`, `invalid_message`; while running also `not_on_whatsapp`.
   */
  reason: string;
  /** The reason in words. */
  detail?: string;
}

/** What should be looked at before the start. */
export interface PlanWarning {
  code: "same_text" | "link_in_first_message" | "cold_list" | "never_ends";
  message: string;
}

/** What a campaign will do. */
export interface CampaignPlan {
  /** All rows of the source: `ready + skipped.length`. */
  total: number;
  /** How many are to be sent to. */
  ready: number;
  skipped: SkippedRow[];
  /** The first messages as they will be sent. */
  samples: (RenderedMessage & { row: number })[];
  /** Milliseconds that the run takes from now on, under its pace and if nothing pauses it. */
  etaMs: number;
  warnings: PlanWarning[];
}

/** How many rows stand how. */
export interface CampaignReport {
  total: number;
  sent: number;
  failed: number;
  skipped: number;
  /** May or may not have arrived; see `reconcile()`. */
  unknown: number;
  pending: number;
}

/** What a campaign tells while it runs. */
export interface CampaignEvents {
  /** After every outcome. `etaMs`: milliseconds until the end, under the pace and if nothing pauses it. */
  progress: { done: number; total: number; etaMs: number };
  /** A number rests. The other numbers go on, and so do, for the two reasons with chats, running chats. */
  paused: { session: string; reason: PauseReason };
  /** A number goes on. */
  resumed: { session: string };
}
