import { isWasendError, type RateLimitError, type WasendError } from "../errors/index.js";
import type { CampaignStatus } from "./types.js";

/** Why a lane rests. `asked`: by `campaign.pause()`. */
export type PauseReason =
  | "asked"
  | "unauthorized"
  | "number_not_ready"
  | "reachout_timelock"
  | "new_chats_budget"
  | "rate_limited"
  | "unreachable"
  | "failures";

/** What a failed send means: for its row, and for the number that sent it. */
export type Verdict =
  /** The row is through. */
  | { row: Exclude<CampaignStatus, "skipped">; reason: string }
  /** The row is to be tried again, and the number rests first: so long, or until it is ready. */
  | {
      row: "pending";
      pause: Exclude<PauseReason, "asked" | "failures" | "new_chats_budget">;
      waitMs?: number;
    };

/** The one place that turns the error of a send into what happens to the campaign. */
export function verdictOf(error: unknown): Verdict {
  // Whatever a sender of one's own throws proves nothing.
  if (!isWasendError(error)) return { row: "unknown", reason: "sender_error" };
  const { code, outcome } = error;
  switch (outcome) {
    case "accepted":
      // A complete yes without an id was a yes; a yes that broke off may have been about to say no.
      return { row: code === "response_format_error" ? "sent" : "unknown", reason: code };
    case "unknown":
      return { row: "unknown", reason: code };
    case "not_sent":
      if (code === "validation_error" || code === "configuration_error")
        return { row: "failed", reason: code };
      return pauseOf(error) ?? { row: "pending", pause: "unreachable" };
    case "rejected":
      return pauseOf(error) ?? { row: "failed", reason: code };
  }
}

/** What concerns the number or the account rather than the row. */
function pauseOf(error: WasendError): Verdict | undefined {
  switch (error.code) {
    case "authentication_error":
      return { row: "pending", pause: "unauthorized" };
    case "number_not_ready":
      return { row: "pending", pause: "number_not_ready" };
    case "reachout_timelock":
      return { row: "pending", pause: "reachout_timelock" };
    case "rate_limited": {
      const { retryAfter } = error as RateLimitError;
      return {
        row: "pending",
        pause: "rate_limited",
        ...(retryAfter !== undefined && { waitMs: retryAfter * 1_000 }),
      };
    }
    default:
      return undefined;
  }
}
