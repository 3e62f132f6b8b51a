import { SuppressionStore } from "../bulk/suppressions/store.js";
import type { SuppressionList } from "../bulk/suppressions/types.js";
import type { RedisConnection } from "./connection.js";
import { openRedis } from "./connection.js";
import { suppressionsKey } from "./keys.js";
import { type BullmqOptions, tellErrors } from "./options.js";
import { RedisLog } from "./redis-log.js";

/** For {@link redisSuppressions}. */
export interface RedisSuppressionsOptions extends BullmqOptions {
  connection: RedisConnection;
  /** The list's name, where there are several. Default: `"default"`. */
  name?: string;
}

/** A suppression list in Redis. */
export interface RedisSuppressions extends SuppressionList {
  /** Closes its connection. */
  close(): Promise<void>;
}

/**
 * One list of who must not be written to, for all machines: who answers STOP to one of them is left alone by all from
 * that moment on. Works as `fileSuppressions` does, and for campaigns in one process, too.
 *
 * @example
 * ```ts
 * const suppressions = redisSuppressions({ connection: "redis://10.0.0.7" });
 * suppressions.listen(receiver);
 * const worker = campaignWorker({ wasend, connection, name: "spring-sale", suppressions });
 * ```
 */
export function redisSuppressions(options: RedisSuppressionsOptions): RedisSuppressions {
  const redis = openRedis(options.connection, tellErrors(options).onConnectionError);
  const key = suppressionsKey(options.name ?? "default");
  const list = new SuppressionStore((state) => new RedisLog(redis, key, "suppressions", state));
  return Object.assign(list, {
    async close() {
      redis.disconnect();
    },
  });
}
