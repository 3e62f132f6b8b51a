// What a bundle for the edge weighs. Fails when run by itself and a budget is exceeded.
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * Kilobytes, minified and gzipped: `all` in one file, as wrangler makes it; `start` what loads before the first call where
 * a bundler splits, without the checks of input, the media work, the campaign's engine and ky. They are what was reached,
 * so that nothing grows unseen; what was aimed at is 40 for the client and 8 for webhooks.
 */
const BUDGETS = {
  "{ Wasend }": { from: "@wasend/sdk", start: 42, all: 77 },
  "*": { from: "@wasend/sdk", start: 48, all: 83 },
  "* of webhooks": { from: "@wasend/sdk/webhooks", start: 11.5, all: 11.5 },
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
    for (const [what, budget] of Object.entries(BUDGETS)) {
      const contents = `export ${what.split(" of ")[0]} from "${budget.from}";`;
      const options = {
        stdin: { contents, resolveDir: folder },
        bundle: true,
        minify: true,
        write: false,
        format: "esm",
        outdir: join(folder, "out"),
        conditions: ["workerd", "worker", "browser"],
        logLevel: "error",
        metafile: true,
      };
      const whole = await build(options);
      const split = await build({ ...options, splitting: true });
      const atStart = loadedAtStart(split.metafile.outputs);
      const start = split.outputFiles.filter(({ path }) => atStart.has(basename(path)));
      rows[what] = { start: zipped(start), all: zipped(whole.outputFiles), budget };
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const zipped = (files) => files.reduce((sum, { contents }) => sum + gzipSync(contents).length, 0) / 1000;

/** The entry and what it imports, but for what it imports only when it is used. */
function loadedAtStart(outputs) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(basename(path))) return;
    found.add(basename(path));
    for (const { path: next, kind } of outputs[path]?.imports ?? [])
      if (kind === "import-statement") visit(next);
  };
  visit(Object.keys(outputs).find((path) => outputs[path].entryPoint === "<stdin>"));
  return found;
}

/** As a table of texts. */
export function sizeTable(rows) {
  return Object.fromEntries(
    Object.entries(rows).map(([what, { start, all, budget }]) => [
      what,
      {
        "loaded at start": start.toFixed(1),
        "all in one file": all.toFixed(1),
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
    console.error(`over budget: ${over.map(([what]) => what).join(", ")}`);
    process.exitCode = 1;
  }
}
