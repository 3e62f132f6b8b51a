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

/** BullMQ wants no limit of tries: while Redis is away, commands wait for it instead of failing. */
const PATIENT = { maxRetriesPerRequest: null, retryStrategy: (times: number) => Math.min(1_000, 50 * times) };

/** Connects. Errors of the connection are told to `onError`; ioredis connects again by itself. */
export function openRedis(connection: RedisConnection, onError: (error: Error) => void): Redis {
  const redis = connected(connection);
  redis.on("error", onError);
  return redis;
}

function connected(connection: RedisConnection): Redis {
  if (typeof connection === "string") return new Redis(connection, PATIENT);
  if (typeof connection !== "object" || connection === null)
    throw new ConfigurationError("connection must be a Redis URL, { host, port, … } or an ioredis client.");
  if ("duplicate" in connection && typeof connection.duplicate === "function")
    return connection.duplicate(PATIENT) as Redis;
  return new Redis({ ...(connection as RedisAddress), ...PATIENT });
}
