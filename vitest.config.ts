import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests read the sources, never a build: without these aliases vitest would silently test an old `dist`. */
export const alias = (platform: "node" | "web") => [
  { find: "#platform", replacement: at(`./src/platform/${platform}.ts`) },
  { find: "#crypto", replacement: at(`./src/platform/crypto-${platform}.ts`) },
  { find: /^@wasend\/sdk$/, replacement: at("./src/index.ts") },
  { find: /^@wasend\/sdk\/(.+)$/, replacement: at("./src/$1.ts") },
];

export default defineConfig({
  test: {
    // One worker fewer than there are cores, as is the default, leaves half of a machine with two idle.
    maxWorkers: "100%",
    coverage: {
      include: ["src/{http,errors,contract}/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 98, branches: 95 },
    },
    projects: [
      {
        resolve: { alias: alias("node") },
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/{package,runtimes,redis,long}/**"],
        },
      },
      {
        resolve: { alias: alias("web") },
        test: { name: "web", include: ["test/both/**/*.test.ts"] },
      },
    ],
  },
});
