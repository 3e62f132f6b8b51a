import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The packed package on the runtimes of test/runtimes/package.json, against the emulator from the sources. */
export default defineConfig({
  resolve: { alias: { "@wasend/sdk/emulator": at("./src/emulator.ts") } },
  test: {
    include: ["test/runtimes/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
