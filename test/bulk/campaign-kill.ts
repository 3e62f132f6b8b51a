import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator } from "@wasend/sdk/emulator";
import { build } from "esbuild";
import { fileJournal } from "../../src/bulk/file-journal.js";
import type { CampaignReport } from "../../src/bulk/options.js";
import { outcomesOf } from "../../src/bulk/report.js";
import { received, seeded } from "./campaign-support.js";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What is left after a campaign was killed so many times, and resumed until it was done. */
export interface KillResult {
  kills: number;
  report: CampaignReport;
  /** Rows of the journal by how they stand and how often their phone was reached, such as `sent 1`. */
  rows: Record<string, number>;
}

export async function killAndResume(options: {
  rows: number;
  kills: number;
  seed: number;
}): Promise<KillResult> {
  const folder = await mkdtemp(join(tmpdir(), "wasend-kill-"));
  const emulator = createEmulator({ acks: "manual" });
  const { url, close } = await emulator.listen();
  try {
    const script = join(folder, "child.mjs");
    await bundle(script);
    const journal = join(folder, "journal.jsonl");
    const { apiKey, session } = emulator;
    const env = {
      BASE_URL: url,
      JOURNAL: journal,
      ROWS: String(options.rows),
      API_KEY: apiKey,
      SESSION: session,
    };
    const start = () =>
      spawn(process.execPath, [script], {
        env: { ...process.env, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
    const random = seeded(options.seed);
    let kills = 0;
    while (kills < options.kills) {
      const child = start();
      // Some die before they send, most in the middle of it: evenly over what is left to do.
      const share = Math.ceil((options.rows - emulator.requests.length) / (options.kills - kills + 4));
      const target = emulator.requests.length + Math.floor(random() * 1.8 * share);
      const killed = await killWhen(child, () => emulator.requests.length >= target, random() * 3);
      if (!killed) break;
      kills += 1;
    }
    const last = start();
    let output = "";
    last.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    await once(last, "close");
    const report = JSON.parse(output) as CampaignReport;
    const counts = received(emulator);
    const rows: Record<string, number> = {};
    for await (const { to, status } of outcomesOf(fileJournal(journal), false)) {
      const key = `${status} ${counts.get(to) ?? 0}`;
      rows[key] = (rows[key] ?? 0) + 1;
    }
    return { kills, report, rows };
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** `false` when it ended before. */
async function killWhen(child: ChildProcess, isDue: () => boolean, extraMs: number): Promise<boolean> {
  const closed = once(child, "close");
  while (child.exitCode === null && !isDue())
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1))]);
  if (child.exitCode !== null) return false;
  await new Promise((resolve) => setTimeout(resolve, extraMs));
  const wasAlive = child.kill("SIGKILL");
  await closed;
  return wasAlive && child.signalCode === "SIGKILL";
}

async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [at("./campaign-child.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    plugins: [
      {
        name: "sources",
        setup({ onResolve }) {
          onResolve({ filter: /^#platform$/ }, () => ({ path: at("../../src/platform/node.ts") }));
          onResolve({ filter: /^#crypto$/ }, () => ({ path: at("../../src/platform/crypto-node.ts") }));
          onResolve({ filter: /^@wasend\/sdk$/ }, () => ({ path: at("../../src/index.ts") }));
        },
      },
    ],
  });
}
