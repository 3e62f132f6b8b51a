import type { WebhookStore } from "./store.js";
import { LONGEST_TIMER_MS } from "./time.js";

/**
 * Runs work while a claim is kept alive. The lease is renewed at a third of its time, so that two renewals may fail; a
 * failure is reported and changes nothing: at worst the event is delivered again while this work still runs.
 */
export async function whileLeased<Result>(
  store: WebhookStore,
  key: string,
  leaseMs: number,
  work: () => Promise<Result>,
  onFailure: (error: unknown) => void,
): Promise<Result> {
  if (store.renew === undefined || leaseMs === Number.POSITIVE_INFINITY) return work();
  const renew = async () => store.renew?.(key, leaseMs);
  const timer = setInterval(
    () => void renew().catch(onFailure),
    Math.min(Math.max(1, leaseMs / 3), LONGEST_TIMER_MS),
  );
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
