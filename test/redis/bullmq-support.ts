import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createEmulator, type Emulator } from "@wasend/sdk/emulator";
import type { Campaign } from "../../src/bulk/campaign.js";
import type { CampaignOptions } from "../../src/bulk/options.js";
import type { CampaignRecipient } from "../../src/bulk/types.js";
import { Wasend } from "../../src/index.js";

export const phone = (place: number): string => `+1415${String(5_000_000 + place)}`;

export const people = (count: number): CampaignRecipient[] =>
  Array.from({ length: count }, (_, place) => ({ to: phone(place + 1), name: `P${place + 1}` }));

export const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An emulator over HTTP, for processes to send to. */
export interface Site {
  emulator: Emulator;
  url: string;
  wasend: Wasend;
  campaign(options: Partial<CampaignOptions> & { name: string }): Campaign;
  /** Starts a worker in a process of its own. */
  worker(campaign: string, redisPort: number, env?: Record<string, string>): ChildProcess;
  /** How many messages each phone has received. */
  received(): Map<string, number>;
  close(): Promise<void>;
}

export async function openSite(): Promise<Site> {
  const emulator = createEmulator({ acks: "manual" });
  const { url, close } = await emulator.listen();
  const { apiKey, session } = emulator;
  const wasend = new Wasend({ apiKey, session, baseUrl: url, logLevel: "off" });
  const children = new Set<ChildProcess>();
  return {
    emulator,
    url,
    wasend,
    campaign: (options) =>
      wasend.bulk.campaign({
        recipients: people(3),
        message: { text: "Hi {{name}}" },
        pace: "none",
        ...options,
      }),
    worker(campaign, redisPort, env = {}) {
      const child = fork(new URL("./bullmq-child.ts", import.meta.url), {
        execArgv: ["--import", "tsx"],
        env: {
          ...process.env,
          BASE_URL: url,
          API_KEY: apiKey,
          REDIS_PORT: String(redisPort),
          CAMPAIGN: campaign,
          ...env,
        },
      });
      children.add(child);
      child.once("exit", () => children.delete(child));
      return child;
    },
    received() {
      const counts = new Map<string, number>();
      for (const { fromMe, chatId } of emulator.messages) {
        const to = `+${chatId.split("@")[0]}`;
        if (fromMe) counts.set(to, (counts.get(to) ?? 0) + 1);
      }
      return counts;
    },
    async close() {
      await Promise.all([...children].map((child) => kill(child)));
      await close();
    },
  };
}

/** Dead, at once, and gone. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}
