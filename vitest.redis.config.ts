import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config.js";

/** Needs `redis-server` (Debian's will do) on the path; each test file starts its own on a free port. */
export default defineConfig({
  resolve: { alias: alias("node") },
  test: { name: "redis", include: ["test/redis/**/*.test.ts"], testTimeout: 300_000, fileParallelism: false },
});
