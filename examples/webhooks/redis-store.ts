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
  // How many work on an event here. After a lease that ran out it may be two, and the last to give it back does.
  const holders = new Map<string, number>();
  return {
    claim: async (key, leaseMs) => {
      const result = (await run(CLAIM, 1, prefix + key, me, `${leaseMs}`)) as "claimed" | "busy" | "done";
      if (result === "claimed") holders.set(key, (holders.get(key) ?? 0) + 1);
      return result;
    },
    renew: async (key, leaseMs) => void (await run(RENEW, 1, prefix + key, me, `${leaseMs}`)),
    release: async (key) => {
      const left = (holders.get(key) ?? 1) - 1;
      if (left > 0) return void holders.set(key, left);
      holders.delete(key);
      await run(RELEASE, 1, prefix + key, me);
    },
    complete: async (key, ttlMs) => {
      holders.delete(key);
      await run(COMPLETE, 1, prefix + key, `${ttlMs}`);
    },
  };
}
