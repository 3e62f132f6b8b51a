import type { Redis } from "ioredis";
import type { Logger } from "../logger.js";

/** Warns when this Redis could forget who was written to. */
export async function checkSettings(redis: Redis, logger: Logger): Promise<void> {
  const info = await redis.info().catch((error: Error) => {
    // A Redis that does not let us look; one that is not there is another matter.
    if (error.name === "ReplyError") return "";
    throw error;
  });
  const value = (name: string) => new RegExp(`^${name}:(\\S+)`, "m").exec(info)?.[1];
  const policy = value("maxmemory_policy");
  if (policy !== undefined && policy !== "noeviction") {
    logger.warn(
      `Redis has maxmemory-policy ${policy}: short of memory it deletes who was written to, and they are written to again. Set maxmemory-policy noeviction.`,
    );
  }
  if (value("aof_enabled") === "0") {
    logger.warn(
      "Redis has appendonly no: when it restarts it forgets who was written to since its last snapshot, and they are written to again. Set appendonly yes.",
    );
  }
}
