// A store that several processes share: each event is handled once among all of them. Works with ioredis and node-redis.
import { randomUUID } from "node:crypto";
import type { WebhookStore } from "@wasend/sdk/webhooks";

/** The one Redis command it needs: `redis.eval` of ioredis. (node-redis: `(script, _n, key, ...args) => redis.eval(script, { keys: [key], arguments: args })`.) */
type Eval = (script: string, keys: number, key: string, ...args: string[]) => Promise<unknown>;

// One value per event: "done", or who is handling it. Redis runs a script at once, so nobody gets in between.
const CLAIM = `local held = redis.call("GET", KEYS[1])
if held == "done" then return "done" elseif held then return "busy" end
redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2]) return "claimed"`;
const IF_MINE = (command: string) => `if redis.call("GET", KEYS[1]) == ARGV[1] then return ${command} end`;
const RENEW = IF_MINE(`redis.call("PEXPIRE", KEYS[1], ARGV[2])`);
const RELEASE = IF_MINE(`redis.call("DEL", KEYS[1])`);
const COMPLETE = `redis.call("SET", KEYS[1], "done", "PX", ARGV[1])`;

export function redisStore(run: Eval, prefix = "wasend:webhook:"): WebhookStore {
  const me = randomUUID();
  return {
    claim: async (key, leaseMs) =>
      (await run(CLAIM, 1, prefix + key, me, `${leaseMs}`)) as "claimed" | "busy" | "done",
    renew: async (key, leaseMs) => void (await run(RENEW, 1, prefix + key, me, `${leaseMs}`)),
    release: async (key) => void (await run(RELEASE, 1, prefix + key, me)),
    complete: async (key, ttlMs) => void (await run(COMPLETE, 1, prefix + key, `${ttlMs}`)),
  };
}
