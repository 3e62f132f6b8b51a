// What a bundle for the edge weighs. Fails when run by itself and a budget is exceeded.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Kilobytes, minified and gzipped: `all` with every lazily loaded part (ky, the checks of input, the campaign's engine),
 * `start` without them. They are what was reached, so that nothing grows unseen; what was aimed at is 40 and 8.
 */
const BUDGETS = {
  "@wasend/sdk": { all: 82, start: 65 },
  "@wasend/sdk/webhooks": { all: 12.5, start: 12.5 },
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
      const { outputFiles, metafile } = await build({
        stdin: { contents: `export * from "${entry}";`, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        splitting: true,
        outdir: join(folder, "out"),
        conditions: ["workerd", "worker", "browser"],
        logLevel: "error",
        metafile: true,
      });
      const zipped = (files) =>
        files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000;
      const atStart = loadedAtStart(metafile.outputs);
      const start = outputFiles.filter(({ path }) => atStart.has(basename(path)));
      rows[entry] = { start: zipped(start), all: zipped(outputFiles), budget };
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The entry and what it imports, but for what it imports only when it is used. */
function loadedAtStart(outputs) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(basename(path))) return;
    found.add(basename(path));
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === "import-statement") visit(next);
  };
  visit(Object.keys(outputs).find((path) => outputs[path].entryPoint !== undefined));
  return found;
}

/** As a table of texts. */
export function sizeTable(rows) {
  return Object.fromEntries(
    Object.entries(rows).map(([entry, { start, all, budget }]) => [
      entry,
      {
        "at start": start.toFixed(1),
        "with all lazy parts": all.toFixed(1),
        budget: `${budget.start} / ${budget.all}`,
      },
    ]),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const rows = await sizes();
  console.table(sizeTable(rows));
  const over = Object.entries(rows).filter(
    ([, { start, all, budget }]) => start > budget.start || all > budget.all,
  );
  if (over.length > 0) {
    console.error(`over budget: ${over.map(([entry]) => entry).join(", ")}`);
    process.exitCode = 1;
  }
}
