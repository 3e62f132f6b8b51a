import type { Redis } from "ioredis";
import { type LogHeader, newHeader, type RecordLog, type RecordState } from "../bulk/store/record-log.js";

/** Adds records, if the log is as long as it was, and has the same beginning. */
const APPEND = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if ARGV[1] ~= '0' and redis.call('LINDEX', KEYS[1], 0) ~= ARGV[2] then return 0 end
for at = 3, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[at]) end
return 1`;

/** Puts a new log in the place of one that is as long as it was. */
const REPLACE = `
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if ARGV[1] ~= '0' and redis.call('LINDEX', KEYS[1], 0) ~= ARGV[2] then return 0 end
redis.call('DEL', KEYS[1])
for at = 3, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[at]) end
return 1`;

/** Arguments of one call of a script. */
const BATCH = 1_000;

/** A log in a Redis list, for any number of machines: each reads what the others added before it answers. */
export class RedisLog<T extends object> implements RecordLog<T> {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #kind: string;
  readonly #state: RecordState<T>;
  #first = "";
  #read = 0;
  #refreshing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(redis: Redis, key: string, kind: string, state: RecordState<T>) {
    this.#redis = redis;
    this.#key = key;
    this.#kind = kind;
    this.#state = state;
  }

  /** Many who ask at once share one look; one that has begun already is too old for who asks now. */
  refresh(): Promise<void> {
    if (this.#refreshing === undefined) {
      this.#refreshing = this.#catchUp().finally(() => {
        this.#refreshing = undefined;
      });
      return this.#refreshing;
    }
    this.#next ??= this.#refreshing
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        return this.refresh();
      });
    return this.#next;
  }

  async add(make: () => readonly T[]): Promise<void> {
    for (;;) {
      await this.refresh();
      const records: object[] = [...make()];
      if (this.#read === 0) records.unshift(newHeader(this.#kind));
      if (records.length === 0) return;
      // The first batch decides; nobody minds what others add between the rest.
      const batch = records.splice(0, BATCH);
      if (!(await this.#write(APPEND, batch))) continue;
      while (records.length > 0)
        await this.#redis.rpush(
          this.#key,
          ...records.splice(0, BATCH).map((record) => JSON.stringify(record)),
        );
      return this.refresh();
    }
  }

  async replace(make: () => Iterable<T>): Promise<void> {
    for (;;) {
      await this.refresh();
      const salt = this.#first === "" ? undefined : (JSON.parse(this.#first) as LogHeader).salt;
      if (await this.#write(REPLACE, [newHeader(this.#kind, salt), ...make()])) return this.refresh();
    }
  }

  async #write(script: string, records: readonly object[]): Promise<boolean> {
    const lines = records.map((record) => JSON.stringify(record));
    return (await this.#redis.eval(script, 1, this.#key, this.#read, this.#first, ...lines)) === 1;
  }

  async #catchUp(): Promise<void> {
    const [first, ...rest] = await this.#since();
    if (first === undefined) return;
    let lines = rest;
    if (first !== this.#first) {
      this.#first = first;
      this.#read = 1;
      this.#state.reset(JSON.parse(first) as LogHeader);
      lines = await this.#redis.lrange(this.#key, 1, -1);
    }
    for (const line of lines) this.#state.apply(JSON.parse(line) as T);
    this.#read += lines.length;
  }

  /** The first record, to tell another log by, and those that were not read yet: of one moment. */
  async #since(): Promise<string[]> {
    const found = await this.#redis
      .multi()
      .lindex(this.#key, 0)
      .lrange(this.#key, Math.max(1, this.#read), -1)
      .exec();
    const [first, lines] = (found ?? []).map(([error, value]) => {
      if (error !== null) throw error;
      return value;
    });
    return typeof first === "string" ? [first, ...(lines as string[])] : [];
  }
}
