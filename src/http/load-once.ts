import { ConnectionError, isWasendError } from "../errors/index.js";

/**
 * Loads what a first call needs, once; what could not be loaded is tried again by the next call. A failure is an error of
 * the SDK's own, and no refusal of the input: nothing was sent, and the same call may do later.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((cause: unknown) => {
      loading = undefined;
      throw isWasendError(cause) ? cause : notLoaded(cause);
    });
    return loading;
  };
}

function notLoaded(cause: unknown): ConnectionError {
  const message =
    "a part of @wasend/sdk could not be loaded. Nothing was sent. Check that its files are complete where this runs, also after a deployment under a running process.";
  return new ConnectionError(message, { outcome: "not_sent", attempts: 0, cause });
}
