import { Wasend, type WasendOptions } from "@wasend/sdk";
import { createEmulator, type Emulator, type EmulatorOptions } from "@wasend/sdk/emulator";
import { Bulk } from "../../src/bulk/bulk.js";
import type { Campaign } from "../../src/bulk/campaign.js";
import { memoryJournal } from "../../src/bulk/memory-journal.js";
import type { CampaignOptions, RunOptions } from "../../src/bulk/options.js";
import type { BulkResources } from "../../src/bulk/sender.js";
import type { CampaignOutcome, CampaignRecipient, Clock } from "../../src/bulk/types.js";

/** Time that passes only while everybody waits: nothing is under way, and all that is left to do is to sleep. */
export class VirtualClock implements Clock {
  #now: number;
  #busy = 0;
  #due = false;
  readonly #sleepers = new Map<() => void, number>();

  constructor(now = Date.UTC(2026, 10, 24)) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (ms <= 0 || signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#sleepers.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#sleepers.set(wake, this.#now + ms);
      signal?.addEventListener("abort", wake);
      this.#soon();
    });
  }

  /** Time stands still until this is done. */
  async during<T>(work: PromiseLike<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work;
    } finally {
      this.#busy -= 1;
      this.#soon();
    }
  }

  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      if (this.#busy > 0 || this.#sleepers.size === 0) return;
      let next = Number.POSITIVE_INFINITY;
      for (const at of this.#sleepers.values()) next = Math.min(next, at);
      this.#now = Math.max(this.#now, next);
      for (const [wake, at] of this.#sleepers) if (at <= this.#now) wake();
      this.#soon();
    });
  }
}

/** A random source with a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const phone = (place: number): string => `+1415${String(5_000_000 + place)}`;

export const people = (count: number): (CampaignRecipient & { name: string })[] =>
  Array.from({ length: count }, (_, place) => ({ to: phone(place + 1), name: `P${place + 1}` }));

export interface World {
  emulator: Emulator;
  wasend: Wasend;
  clock: VirtualClock;
  bulk: Bulk;
  campaign<R extends CampaignRecipient>(options: Partial<CampaignOptions<R>>): Campaign<R>;
}

/** An emulator, a client on it, and campaigns that live by a clock of their own. */
export function world(options: EmulatorOptions & { client?: WasendOptions } = {}): World {
  const clock = new VirtualClock();
  const emulator = createEmulator({ acks: "manual", now: () => clock.now(), ...options });
  const { apiKey, session, fetch } = emulator;
  const wasend = new Wasend({ apiKey, session, fetch, maxRetries: 0, logLevel: "off", ...options.client });
  const bulk = new Bulk(still(clock, wasend), session);
  return {
    emulator,
    wasend,
    clock,
    bulk,
    campaign: <R extends CampaignRecipient>(given: Partial<CampaignOptions<R>>) =>
      bulk.campaign<R>({
        name: "test",
        recipients: people(3) as unknown as R[],
        message: { text: "Hi {{name}}" },
        pace: "none",
        journal: memoryJournal(),
        clock,
        random: seeded(1),
        ...given,
      }),
  };
}

/** The client's resources, with the clock standing still while a request is under way. */
function still(clock: VirtualClock, wasend: Wasend): BulkResources {
  const { messages, numbers, chats, contacts } = wasend;
  return {
    messages: {
      send: (...all) => clock.during(messages.send(...all)) as ReturnType<typeof messages.send>,
      startTyping: (...all) =>
        clock.during(messages.startTyping(...all)) as ReturnType<typeof messages.startTyping>,
      stopTyping: (...all) =>
        clock.during(messages.stopTyping(...all)) as ReturnType<typeof messages.stopTyping>,
    },
    numbers: { get: (...all) => clock.during(numbers.get(...all)) as ReturnType<typeof numbers.get> },
    chats,
    contacts: {
      checkExists: (...all) =>
        clock.during(contacts.checkExists(...all)) as ReturnType<typeof contacts.checkExists>,
    },
  };
}

/** Runs to the end. */
export async function finish(campaign: Campaign<never>, options?: RunOptions): Promise<CampaignOutcome[]> {
  const outcomes: CampaignOutcome[] = [];
  for await (const outcome of campaign.run(options)) outcomes.push(outcome);
  return outcomes;
}

/** How many messages each phone has received. */
export function received(emulator: Emulator): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fromMe, chatId } of emulator.messages) {
    if (!fromMe) continue;
    const to = `+${chatId.split("@")[0]}`;
    counts.set(to, (counts.get(to) ?? 0) + 1);
  }
  return counts;
}
