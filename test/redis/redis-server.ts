import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** How a Redis is started. */
export interface RedisStart {
  /** Default: a free one. */
  port?: number;
  /** A folder for an append-only file. Default: in memory only. */
  folder?: string;
}

/** A Redis of its own for a test file, on 127.0.0.1. */
export async function startRedis(
  start: RedisStart = {},
): Promise<{ port: number; stop: (signal?: NodeJS.Signals) => Promise<void> }> {
  const { port = await freePort(), folder } = start;
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""];
  args.push("--appendonly", folder === undefined ? "no" : "yes");
  if (folder !== undefined) args.push("--dir", folder);
  const server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject);
    server.on("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    server.stdout.on("data", (text: Buffer) => text.includes("Ready to accept connections") && resolve());
  });
  const stop = async (signal?: NodeJS.Signals) => {
    server.removeAllListeners("exit");
    const ended = once(server, "exit");
    server.kill(signal);
    await ended;
  };
  return { port, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
