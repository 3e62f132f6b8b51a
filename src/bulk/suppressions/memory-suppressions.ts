import { memoryLog } from "../store/record-log.js";
import { SuppressionStore } from "./store.js";
import type { SuppressionList } from "./types.js";

/**
 * Suppressions that end with the process. For some that stay: `fileSuppressions(path)` of `@wasend/sdk/node`.
 *
 * @example
 * ```ts
 * const suppressions = memorySuppressions();
 * await suppressions.add("+14155550123", { reason: "complaint" });
 * ```
 */
export function memorySuppressions(): SuppressionList {
  return new SuppressionStore((state) => memoryLog("suppressions", state));
}
