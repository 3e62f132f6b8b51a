import { identityKey } from "./candidates.js";
import { carefulPace } from "./careful-pace.js";
import { gapOf } from "./gap.js";
import { hash32 } from "./hash.js";
import type { PaceChoice, PaceOptions } from "./pace-options.js";
import type { PaceState, PaceStore } from "./pace-store.js";
import { claimSlot, type Slot } from "./slot.js";
import type { Clock } from "./types.js";

/** What a choice of pace means. */
export function paceOptions(choice: PaceChoice): PaceOptions {
  if (choice === "careful") return carefulPace;
  return choice === "none" ? {} : choice;
}

/** The pace of a campaign's numbers. */
export class Pace {
  readonly options: PaceOptions;
  readonly #store: PaceStore;
  readonly #clock: Clock;
  readonly #random: () => number;

  constructor(options: PaceOptions, store: PaceStore, clock: Clock, random: () => number) {
    this.options = options;
    this.#store = options.store ?? store;
    this.#clock = clock;
    this.#random = random;
  }

  /** Claims the next slot of a number, unless it comes too late; the wait is the caller's. */
  claim(session: string, to: string, isNewChat: boolean, before: number, isBack = false): Promise<Slot> {
    const { gapMs } = this.options;
    const gap = gapMs === undefined ? 0 : gapOf(gapMs, this.#random());
    const wish = {
      now: this.#clock.now(),
      gapMs: gap,
      person: hash32(identityKey(to)),
      isNewChat,
      before,
      isBack,
    };
    return this.#store.update(session, (state) => claimSlot(this.options, state, wish));
  }

  /** Holds a number back for all who share the store: `"all"` after a 429, `"new_chats"` after a 463. */
  hold(session: string, what: "all" | "new_chats", until: number): Promise<void> {
    const field = what === "all" ? "heldUntil" : "newChatsHeldUntil";
    return this.#store.update(session, (state) => {
      state[field] = Math.max(state[field] ?? 0, until);
    });
  }

  /** A copy of what the store knows, for estimates. */
  look(session: string): Promise<PaceState> {
    return this.#store.update(session, (state) => structuredClone(state));
  }
}
