// What a bundle for the edge weighs. Fails when run by itself and a budget is exceeded.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** Kilobytes, minified and gzipped, ky included where the entry can load it. */
const BUDGETS = {
  "@wasend/sdk": 40,
  "@wasend/sdk/webhooks": 8,
};

/** Measures an installed copy: esbuild would apply this repository's tsconfig `paths` to files inside of it. */
export async function sizes() {
  const root = new URL("..", import.meta.url);
  const folder = mkdtempSync(join(tmpdir(), "wasend-size-"));
  try {
    const installed = join(folder, "node_modules/@wasend/sdk");
    cpSync(new URL("dist", root), join(installed, "dist"), { recursive: true });
    cpSync(new URL("package.json", root), join(installed, "package.json"));
    const rows = {};
    for (const [entry, budget] of Object.entries(BUDGETS)) {
      const { outputFiles } = await build({
        stdin: { contents: `export * from "${entry}";`, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        splitting: true,
        outdir: join(folder, "out"),
        conditions: ["workerd", "worker", "browser"],
        logLevel: "error",
      });
      const bytes = outputFiles.reduce((sum, { contents }) => sum + contents.length, 0);
      const zipped = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0);
      rows[entry] = { minified: (bytes / 1000).toFixed(1), gzip: (zipped / 1000).toFixed(1), budget };
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await sizes();
  console.table(rows);
  const over = Object.entries(rows).filter(([, { gzip, budget }]) => Number(gzip) > budget);
  if (over.length > 0) {
    console.error(`over budget: ${over.map(([entry]) => entry).join(", ")}`);
    process.exitCode = 1;
  }
}
