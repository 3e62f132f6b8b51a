import type { Suppressions } from "./types.js";

/** Whether a person must not be written to, under any of their addresses. At once where it is known at once. */
export function isSuppressed(
  suppressions: Suppressions | undefined,
  to: string,
  others: readonly string[] = [],
): boolean | Promise<boolean> {
  if (suppressions === undefined) return false;
  if (others.length === 0) return suppressions.has(to);
  return isAnySuppressed(suppressions, [to, ...others]);
}

async function isAnySuppressed(suppressions: Suppressions, addresses: readonly string[]): Promise<boolean> {
  for (const address of addresses) if (await suppressions.has(address)) return true;
  return false;
}
