import { isWasendError } from "../errors/wasend-error.js";

/** Errors wrap errors; deeper than this nobody looks. */
const DEEPEST_CAUSE = 8;

/**
 * Whether an error, or one it was made of, is a call that may have taken effect. Then the handler must not run again: it
 * could send a second time.
 */
export function mayHaveSent(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || depth > DEEPEST_CAUSE) return false;
  if (isWasendError(error) && (error.outcome === "unknown" || error.outcome === "accepted")) return true;
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  if (mayHaveSent(cause, depth + 1)) return true;
  return Array.isArray(errors) && errors.some((inner) => mayHaveSent(inner, depth + 1));
}
