import type { Redis } from "ioredis";
import { hash32 } from "../bulk/hash.js";
import { Pace } from "../bulk/pace.js";
import type { Setup } from "../bulk/setup.js";
import type { CampaignSender, Suppressions } from "../bulk/types.js";
import { CampaignStore } from "./campaign-store.js";
import type { CampaignSettings } from "./header.js";
import type { RedisClock } from "./redis-clock.js";
import { RedisPace } from "./redis-pace.js";

/** How long a campaign's settings may be out of date. */
const FRESH_MS = 5_000;

/** One list for all campaigns, or a function that gives each its own. */
export type WorkerSuppressions = Suppressions | ((campaign: string) => Suppressions | undefined);

/** What a worker needs to send for a campaign. */
export interface KnownCampaign {
  store: CampaignStore;
  settings: CampaignSettings;
  /** What the last checks of a message look at. */
  checks: Pick<Setup, "sender" | "suppressions" | "checkExists" | "typing">;
  /** Claims a slot of the shared pace. */
  claim: (session: string, to: string, isNew: boolean, before: number) => ReturnType<Pace["claim"]>;
  pace: Pace;
  /** Whether this worker has the suppressions that it was planned with. */
  isOurs: boolean;
}

/** The campaigns whose jobs a worker meets. */
export class Campaigns {
  readonly #redis: Redis;
  readonly #clock: RedisClock;
  readonly #sender: CampaignSender;
  readonly #suppressions: WorkerSuppressions | undefined;
  readonly #store: RedisPace;
  readonly #known = new Map<string, { at: number; campaign: Promise<KnownCampaign | undefined> }>();

  constructor(
    redis: Redis,
    clock: RedisClock,
    sender: CampaignSender,
    suppressions: WorkerSuppressions | undefined,
  ) {
    this.#redis = redis;
    this.#clock = clock;
    this.#sender = sender;
    this.#suppressions = suppressions;
    this.#store = new RedisPace(redis);
  }

  /** `undefined` when there is none any longer. */
  get(id: string): Promise<KnownCampaign | undefined> {
    const now = Date.now();
    const known = this.#known.get(id);
    if (known !== undefined && now - known.at < FRESH_MS) return known.campaign;
    const campaign = this.#load(id);
    this.#known.set(id, { at: now, campaign });
    campaign.then(
      (found) => found === undefined && this.#known.delete(id),
      () => this.#known.delete(id),
    );
    return campaign;
  }

  #suppressionsOf(name: string): Suppressions | undefined {
    const given = this.#suppressions;
    return typeof given === "function" ? given(name) : given;
  }

  async #load(id: string): Promise<KnownCampaign | undefined> {
    const store = new CampaignStore(this.#redis, id);
    const stored = await store.read();
    if (stored === undefined) return undefined;
    const { settings } = stored;
    const suppressions = this.#suppressionsOf(stored.name);
    const { checkExists, typing } = settings;
    // What the next gap is drawn from: the number and its last slot, so that whoever asks, and how often, gets the same.
    let share = 0;
    const pace = new Pace(settings.pace, this.#store, this.#clock, () => share);
    return {
      store,
      settings,
      checks: { sender: this.#sender, suppressions, checkExists, typing },
      pace,
      isOurs: !settings.suppressions || suppressions !== undefined,
      claim: async (session, to, isNew, before) => {
        const { last } = settings.pace.gapMs === undefined ? {} : await pace.look(session);
        share = hash32(`${session}\n${last}`) / 2 ** 32;
        return pace.claim(session, to, isNew, before);
      },
    };
  }
}
