import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "tsup";

const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };

/** What users import, from package.json alone. One build for all: shared code lands in shared chunks, so `instanceof` holds. */
const entries = Object.fromEntries(
  Object.keys(exports)
    .filter((path) => path !== "./package.json")
    .map((path) => path.slice(2) || "index")
    .map((name) => [name, `src/${name}.ts`]),
);

/** In the same build, but reached only through package.json "imports". */
const platforms = Object.fromEntries(
  ["node", "web", "crypto-web"]
    .map((name) => [`platform/${name}`, `src/platform/${name}.ts`])
    .filter(([, file]) => existsSync(file as string)),
);

export default defineConfig({
  entry: { ...entries, ...platforms },
  format: ["esm", "cjs"],
  splitting: true,
  target: "es2022",
  platform: "neutral",
  removeNodeProtocol: false,
  clean: true,
  metafile: true,
  external: [
    "#platform",
    "#crypto",
    /^node:/,
    "msw",
    "express",
    "fastify",
    "bullmq",
    "ioredis",
    /^libphonenumber-js/,
  ],
  noExternal: ["ky", /^zod/, "eventemitter3", /^csv-parse/],
  dts: { entry: entries },
});
