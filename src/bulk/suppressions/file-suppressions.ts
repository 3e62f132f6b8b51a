import { FileLog } from "../store/file-log.js";
import { SuppressionStore } from "./store.js";
import type { SuppressionList } from "./types.js";

/**
 * Suppressions in a file of JSON lines (mode 0600), which is made when something is first put into it. Several
 * processes may use it, a webhook server and a campaign for instance: every `has` looks whether the file was changed.
 * What is added is on the disk before its promise resolves.
 *
 * @throws ConfigurationError (from every method) when the file is something else, is damaged, or was taken away.
 * @example
 * ```ts
 * const suppressions = fileSuppressions("suppressions.jsonl");
 * suppressions.listen(receiver, { confirm: (message) => wasend.messages.sendText(message) });
 * ```
 */
export function fileSuppressions(path: string): SuppressionList {
  return new SuppressionStore((state) => new FileLog(path, "suppressions", state));
}
