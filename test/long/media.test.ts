import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

// The built package is measured: `npm run test:soak` builds it first.
it("sends 32 MB within the memory that was promised, and about as fast as bare fetch", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", "bench/media.mjs"], {
    cwd: root,
  });
  const { peakAboveIdleMB, allowedMB, ratio } = JSON.parse(stdout) as {
    peakAboveIdleMB: number;
    allowedMB: number;
    ratio: Record<string, number>;
  };
  console.log({ peakAboveIdleMB, ratio });
  expect(peakAboveIdleMB).toBeLessThan(allowedMB);
  // The figure is in the line above; a busy machine, with client and server on two cores, reaches less.
  for (const [way, value] of Object.entries(ratio)) expect(value, way).toBeLessThan(2.5);
});
