import type { Redis } from "ioredis";
import { Pace } from "../bulk/pace.js";
import { forecastLanes, type LaneLoad } from "../bulk/plan.js";
import type { CampaignSettings } from "./header.js";
import type { RedisClock } from "./redis-clock.js";
import { RedisPace } from "./redis-pace.js";

/** A forecast claims up to tens of thousands of slots: now and then. */
const FRESH_MS = 10_000;

/** When a campaign will be done, in the pace that Redis knows. */
export class Estimate {
  readonly #store: RedisPace;
  readonly #clock: RedisClock;
  #known: { at: number; etaMs: number } | undefined;

  constructor(redis: Redis, clock: RedisClock) {
    this.#store = new RedisPace(redis);
    this.#clock = clock;
  }

  /** Milliseconds from now. */
  async etaMs(settings: CampaignSettings, counts: Readonly<Record<string, string>>): Promise<number> {
    const now = this.#clock.now();
    if (this.#known === undefined || now - this.#known.at > FRESH_MS) {
      const pace = new Pace(settings.pace, this.#store, this.#clock, Math.random);
      const { concurrency, sessions } = settings;
      const loads = new Map(sessions.map((session) => [session, loadOf(session, counts)]));
      const curves = await forecastLanes({ clock: this.#clock, concurrency }, pace, loads);
      this.#known = { at: now, etaMs: Math.max(0, ...[...curves.values()].map((curve) => curve.left())) };
    }
    return Math.ceil(Math.max(0, this.#known.etaMs - (now - this.#known.at)));
  }
}

/** What is left for a number; of new chats as large a part as of all. */
function loadOf(session: string, counts: Readonly<Record<string, string>>): LaneLoad {
  const count = (name: string) => Number(counts[`${name}:${session}`] ?? 0);
  const messages = Math.max(0, count("left"));
  const newChats = Math.round((messages * count("new")) / Math.max(1, count("load")));
  return { messages, newChats };
}
