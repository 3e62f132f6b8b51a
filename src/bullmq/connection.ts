import { Redis } from "ioredis";
import { ConfigurationError } from "../errors/index.js";

/** How to reach a Redis. */
export interface RedisAddress {
  /** Default: `127.0.0.1`. */
  host?: string;
  /** Default: 6379. */
  port?: number;
  username?: string;
  password?: string;
  /** The number of the database. Default: 0. */
  db?: number;
  /** For TLS: `{}`, or what `node:tls` takes. */
  tls?: object;
}

/** An ioredis client. A copy of it is connected; it stays yours to close. */
export interface RedisClientLike {
  /** Opens another connection to the same server. */
  duplicate(options?: object): unknown;
}

/**
 * Where the Redis is: its URL (`redis://…`, with TLS `rediss://…`), its address, or an ioredis client.
 *
 * @example
 * ```ts
 * watchCampaign("spring-sale", { connection: "rediss://default:secret@redis.example.com:6379" });
 * watchCampaign("spring-sale", { connection: { host: "10.0.0.7", password } });
 * watchCampaign("spring-sale", { connection: new Redis(url) });
 * ```
 */
export type RedisConnection = string | RedisAddress | RedisClientLike;

const LONGEST_RETRY_MS = 1_000;

/** So often a program that has an end tries to connect, which takes some ten seconds. */
const TRIES = 20;

/**
 * Connects, and again whenever the connection breaks off; `onError` is told. Meanwhile commands wait: as long as it takes
 * (BullMQ's workers want it so), or with `hasEnd` no longer than a program with an end should.
 */
export function openRedis(
  connection: RedisConnection,
  onError: (error: Error) => void,
  { hasEnd = false } = {},
): Redis {
  const redis = connected(connection, {
    maxRetriesPerRequest: hasEnd ? TRIES : null,
    retryStrategy: (times: number) => Math.min(LONGEST_RETRY_MS, 50 * times),
  });
  redis.on("error", onError);
  return redis;
}

function connected(connection: RedisConnection, retries: object): Redis {
  if (typeof connection === "string") return new Redis(connection, retries);
  if (typeof connection !== "object" || connection === null)
    throw new ConfigurationError("connection must be a Redis URL, { host, port, … } or an ioredis client.");
  if ("duplicate" in connection && typeof connection.duplicate === "function")
    return connection.duplicate(retries) as Redis;
  return new Redis({ ...(connection as RedisAddress), ...retries });
}
