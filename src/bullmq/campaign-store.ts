import type { Redis } from "ioredis";
import type { CampaignOutcome, CampaignStatus } from "../bulk/types.js";
import { ConfigurationError } from "../errors/index.js";
import type { CampaignSettings, CampaignState, StoredCampaign } from "./header.js";
import { type CampaignKeys, campaignId, campaignKeys, numberKey } from "./keys.js";
import { BEGIN, ENQUEUED, OPEN, RECOVER, RELEASE, SETTLE, STEER, TAKE } from "./scripts.js";

/** A row on its way in. */
export interface RowToTake {
  row: number;
  /** A hash; missing when the row has no address. */
  person?: string;
  to?: string;
  session?: string;
  isNew?: boolean;
  /** The outcome, as JSON, of a row that the plan leaves out. */
  skipped?: string;
}

/** What a job may do. */
export type Leave =
  | { may: "go" | "gone" | "moved" | "settled" | "busy" | "probe" | Exclude<CampaignState, "running"> }
  | { may: "rest"; until: number };

/** Who is sending, for the attempt marker. */
export interface Attempt {
  token: string;
  /** How often the job had been started. */
  started: number;
}

const LETTERS: Record<CampaignStatus, string> = { sent: "s", failed: "f", skipped: "k", unknown: "u" };

/** One campaign in Redis: the only way to its keys. */
export class CampaignStore {
  readonly id: string;
  readonly keys: CampaignKeys;
  readonly #redis: Redis;

  constructor(redis: Redis, id: string) {
    this.#redis = redis;
    this.id = id;
    this.keys = campaignKeys(id);
  }

  static async named(redis: Redis, name: string): Promise<CampaignStore> {
    return new CampaignStore(redis, await campaignId(name));
  }

  /**
   * Starts it, or goes on with it: as it is given now, but with all numbers that rows were ever given to.
   *
   * @throws `ConfigurationError` when its template was another one.
   */
  async open(
    name: string,
    template: string,
    settings: CampaignSettings,
    keepMs: number | undefined,
  ): Promise<StoredCampaign> {
    const { header } = this.keys;
    await this.#redis.hsetnx(header, "salt", crypto.randomUUID());
    await this.#redis.hsetnx(header, "template", template);
    if ((await this.#redis.hget(header, "template")) !== template) {
      throw new ConfigurationError(
        `The campaign "${name}" is in Redis with another message. Go on with what was planned, or give the changed campaign a new name.`,
      );
    }
    const onUnknown = settings.mayDuplicate ? "mayDuplicate" : "hold";
    const sessions = JSON.stringify(settings.sessions);
    await this.#redis.eval(OPEN, 1, header, name, JSON.stringify(settings), onUnknown, sessions);
    if (keepMs === undefined) await this.#redis.hdel(header, "keepMs");
    else await this.#redis.hset(header, { keepMs: Math.ceil(keepMs) });
    for (const key of Object.values(this.keys)) await this.#redis.persist(key);
    return (await this.read())!;
  }

  /** `undefined` when there is none: not yet, or no longer. */
  async read(): Promise<StoredCampaign | undefined> {
    const { name, salt, state, enqueued, settings, sessions } = await this.#redis.hgetall(this.keys.header);
    if (name === undefined || salt === undefined || settings === undefined || sessions === undefined)
      return undefined;
    return {
      name,
      salt,
      state: state as CampaignState,
      enqueued: enqueued === "1",
      settings: { ...JSON.parse(settings), sessions: JSON.parse(sessions) },
    };
  }

  /** Changes the state of a campaign that is there, unless it is cancelled. */
  async setState(state: CampaignState): Promise<void> {
    await this.#redis.eval(STEER, 1, this.keys.header, state);
  }

  counts(): Promise<Record<string, string>> {
    return this.#redis.hgetall(this.keys.counts);
  }

  /** Whether each row needs a job. */
  async take(rows: readonly RowToTake[], now: number): Promise<boolean[]> {
    const jobs = (await this.#run(TAKE, "", JSON.stringify(rows), now)) as number[];
    return jobs.map((job) => job === 1);
  }

  async markEnqueued(): Promise<void> {
    await this.#run(ENQUEUED, "");
  }

  /** Whether a job may go on; with an attempt: whether it may send, now. */
  async begin(session: string, person: string, now: number, attempt?: Attempt): Promise<Leave> {
    const { token = "", started = 0 } = attempt ?? {};
    const answer = await this.#run(BEGIN, session, person, session, token, started, Math.floor(now));
    const [may, until] = answer as [Leave["may"], string?];
    return may === "rest" ? { may, until: Number(until) } : { may };
  }

  /** Writes an outcome down. `false` when there was one already. */
  async settle(
    person: string,
    outcome: CampaignOutcome & { at: number },
    session: string,
    { token = "", isNew = false } = {},
  ): Promise<boolean> {
    const letter = LETTERS[outcome.status];
    const json = JSON.stringify(outcome);
    return (await this.#run(SETTLE, session, person, letter, json, token, isNew ? 1 : 0)) === 1;
  }

  async release(person: string, token: string): Promise<void> {
    await this.#run(RELEASE, "", person, token);
  }

  /** What becomes of a job that was started so often and then lost. */
  async recover(
    session: string,
    person: string,
    started: number,
    unknown: CampaignOutcome & { at: number },
  ): Promise<"retry" | "drop" | "leave"> {
    const answer = await this.#run(RECOVER, session, person, session, started, JSON.stringify(unknown));
    return answer as "retry" | "drop" | "leave";
  }

  /** Deletes it after so many milliseconds. */
  async expire(ms: number): Promise<void> {
    for (const key of Object.values(this.keys)) await this.#redis.pexpire(key, Math.max(1, Math.ceil(ms)));
  }

  #run(script: string, session: string, ...args: (string | number)[]): Promise<unknown> {
    const { people, counts, outcomes, header } = this.keys;
    return this.#redis.eval(script, 5, people, counts, outcomes, header, numberKey(session, "rest"), ...args);
  }
}
