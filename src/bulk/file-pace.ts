import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { ConfigurationError } from "../errors/index.js";
import { PRIVATE } from "./file-lines.js";
import type { PaceState, PaceStore } from "./pace-store.js";

/** Whoever holds the lock needs a millisecond; this long means that it died. */
const GONE_MS = 5_000;
const RETRY_MS = 5;
const LONGEST_WAIT_MS = 30_000;

/**
 * A pace store in a file: campaigns in several processes of one machine, and a restart, share the pace of their numbers.
 *
 * @param path Where; one file for all numbers. It holds no address of anybody.
 *
 * @example
 * ```ts
 * import { carefulPace } from "@wasend/sdk";
 * import { filePace } from "@wasend/sdk/node";
 *
 * const pace = { ...carefulPace, store: filePace("pace.json") };
 * wasend.bulk.campaign({ name: "spring-sale", recipients, message, journal, pace });
 * ```
 */
export function filePace(path: string): PaceStore {
  let before: Promise<unknown> = Promise.resolve();
  return {
    update<T>(number: string, change: (state: PaceState) => T): Promise<T> {
      const result = before.then(async () => {
        await lock(`${path}.lock`);
        try {
          return changed(path, number, change);
        } finally {
          rmSync(`${path}.lock`, { force: true });
        }
      });
      before = result.catch(() => {});
      return result;
    },
  };
}

/** Without a pause in between, so that the lock is held for as short as can be. */
function changed<T>(path: string, number: string, change: (state: PaceState) => T): T {
  const states = new Map<string, PaceState>(Object.entries(readStates(path)));
  const state = states.get(number) ?? {};
  const result = change(state);
  states.set(number, state);
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, JSON.stringify(Object.fromEntries(states)), { mode: PRIVATE });
  renameSync(draft, path);
  return result;
}

function readStates(path: string): Record<string, PaceState> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, PaceState>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigurationError(`${path} holds no pace. Delete it, or give filePace another path.`, {
      cause: error,
    });
  }
}

async function lock(path: string): Promise<void> {
  const until = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    try {
      closeSync(openSync(path, "wx", PRIVATE));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const found = statSync(path, { throwIfNoEntry: false });
    if (found !== undefined && Date.now() - found.mtimeMs > GONE_MS) rmSync(path, { force: true });
    else if (Date.now() > until)
      throw new ConfigurationError(`${path} is held by another process for too long.`);
    else await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (1 + Math.random())));
  }
}
