import { defineConfig } from "vitest/config";

/** What users get: these tests build and pack the package, install it elsewhere, and look at it from there. */
export default defineConfig({
  test: {
    include: ["test/package/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
  },
});
