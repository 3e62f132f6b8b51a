import { defineConfig } from "vitest/config";
import { alias } from "./vitest.config.js";

/** What takes minutes: `npm run test:soak`. */
export default defineConfig({
  resolve: { alias: alias("node") },
  test: {
    name: "long",
    include: ["test/long/**/*.test.ts"],
    execArgv: ["--expose-gc"],
    testTimeout: 1_200_000,
  },
});
