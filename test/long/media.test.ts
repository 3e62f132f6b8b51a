import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

it.skipIf(!existsSync(`${root}dist/node.js`))(
  "sends 32 MB within the memory and the time that were promised",
  async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", "bench/media.mjs"], {
      cwd: root,
    });
    const { peakAboveIdleMB, allowedMB, ratio, allowedRatio } = JSON.parse(stdout) as {
      peakAboveIdleMB: number;
      allowedMB: number;
      ratio: Record<string, number>;
      allowedRatio: number;
    };
    expect(peakAboveIdleMB).toBeLessThan(allowedMB);
    for (const [way, value] of Object.entries(ratio)) expect(value, way).toBeLessThanOrEqual(allowedRatio);
  },
);
