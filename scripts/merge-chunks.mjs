// esbuild makes a file for each way in which entries share code, and Node's ESM loader takes a millisecond for each: the
// client was 15 of them. Here what loads at start is put together again, in two files: what a webhook receiver needs, and
// what the client needs besides. What loads on demand stays apart.
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { rollup } from "rollup";

const built = readdirSync("dist", { recursive: true }).filter((path) => /\.c?js$/.test(path));
const names = built.filter((path) => path.endsWith(".js")).map((path) => path.slice(0, -".js".length));
/** The others end in esbuild's hash. */
const entries = names.filter((name) => !/-[A-Z0-9]{8}$/.test(name));

const bundle = await rollup({
  input: Object.fromEntries(entries.map((name) => [name, join("dist", `${name}.js`)])),
  external: (id) => !/^(\.|\/|dist\b)/.test(id),
  treeshake: { moduleSideEffects: false },
});

for (const path of built) rmSync(join("dist", path));
for (const [format, extension] of [
  ["es", "js"],
  ["cjs", "cjs"],
]) {
  await bundle.write({
    dir: "dist",
    format,
    entryFileNames: `[name].${extension}`,
    chunkFileNames: ({ name }) => `${name.replace(/^(?!chunk-)(.*)-[A-Z0-9]{8}$/, "$1")}.${extension}`,
    manualChunks,
    exports: "named",
    interop: "auto",
    hoistTransitiveImports: false,
    generatedCode: "es2015",
  });
}

/** In which of the two files a shared one goes, if in any. */
function manualChunks(id, { getModuleInfo }) {
  if (!/[\\/]chunk-[A-Z0-9]+\.js$/.test(id)) return undefined;
  if (loadedAtStart("webhooks", getModuleInfo).has(id)) return "receiver";
  return loadedAtStart("index", getModuleInfo).has(id) ? "client" : undefined;
}

/** The files that an entry loads before anything is called. */
function loadedAtStart(entry, getModuleInfo) {
  const found = new Set([resolve("dist", `${entry}.js`)]);
  for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
