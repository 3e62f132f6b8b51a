import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, remove, run } from "../package/installed.js";

const here = import.meta.dirname;
const require = createRequire(import.meta.url);
const bin = (name: string) => join(here, "node_modules/.bin", name);

/** Shows in a page what the client does there: refuse, or work when it was told to. */
const page = `
import { Wasend } from "@wasend/sdk";

let refused;
try {
  new Wasend({ apiKey: "k" });
} catch (error) {
  refused = error.name;
}
const wasend = new Wasend({ apiKey: "k", session: "s", baseUrl: location.origin, dangerouslyAllowBrowser: true, maxRetries: 0 });
const sent = await wasend.messages.sendText({ to: "+14155550123", text: "from a page" });
const lost = await wasend.messages.sendText({ to: "+14155550123", text: "cut" }).catch((error) => error);
document.body.textContent = JSON.stringify({ refused, id: sent.id, lost: lost.outcome });
`;

let folder: string;
beforeAll(() => {
  folder = install({ type: "module" });
  writeFileSync(join(folder, "page.mjs"), page);
});
afterAll(() => remove(folder));

function scripts(out: string): string {
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.m?js$/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .join("\n");
}

/** Whether any of Node's own modules is asked for, by any of the ways to ask. */
function builtins(code: string): string[] {
  return [
    ...code.matchAll(/["'`](node:[\w/]+)["'`]|(?:require|import)\(["'](https?|fs|net|tls|crypto)["']\)/g),
  ].map(([found]) => found);
}

const esbuildTargets: [string, string[]][] = [
  ["the browser", ["--platform=browser"]],
  ["workerd", ["--conditions=workerd,worker,browser"]],
  ["any other runtime", ["--platform=neutral"]],
];

describe("bundles hold nothing of Node", () => {
  it.each(esbuildTargets)("esbuild for %s", (name, flags) => {
    const out = join(folder, `esbuild-${name.replaceAll(" ", "-")}`);
    run(
      bin("esbuild"),
      ["page.mjs", "--bundle", "--format=esm", "--splitting", ...flags, `--outdir=${out}`],
      folder,
    );
    expect(scripts(out)).toContain("Wasend");
    expect(builtins(scripts(out))).toEqual([]);
  });

  it("webpack 5", () => {
    const out = join(folder, "webpack");
    const options = {
      mode: "production",
      target: "web",
      context: folder,
      entry: "./page.mjs",
      output: { path: out, module: true },
      experiments: { outputModule: true },
    };
    const program = `
      const webpack = require(${JSON.stringify(require.resolve("./node_modules/webpack"))});
      webpack(${JSON.stringify(options)}, (error, stats) => {
        if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exit(1); }
      });`;
    run("node", ["-e", program], folder);
    expect(builtins(scripts(out))).toEqual([]);
  });

  it("Vite", () => {
    const root = join(folder, "vite");
    mkdirSync(root);
    writeFileSync(join(root, "index.html"), '<body><script type="module" src="./page.mjs"></script></body>');
    writeFileSync(join(root, "page.mjs"), page);
    run(bin("vite"), ["build", "--logLevel", "error", "--target", "es2022"], root);
    expect(builtins(scripts(join(root, "dist")))).toEqual([]);
  });
});

describe("a real browser", () => {
  it("refuses by default, and sends when it was told to", async () => {
    run(bin("esbuild"), ["page.mjs", "--bundle", "--format=esm", "--outfile=page.bundle.js"], folder);
    const served = new Map([
      ["/", ["text/html", '<body><script type="module" src="/page.bundle.js"></script></body>']],
      ["/page.bundle.js", ["text/javascript", readFileSync(join(folder, "page.bundle.js"), "utf8")]],
    ]);
    const texts: string[] = [];
    const server = createServer((request, response) => {
      const [type, body] = served.get(request.url ?? "") ?? [];
      if (type !== undefined) return response.setHeader("content-type", type).end(body);
      let sent = "";
      request.on("data", (chunk) => {
        sent += chunk;
      });
      request.on("end", () => {
        if (request.url !== "/sendText") return response.writeHead(404).end();
        const { text } = JSON.parse(sent) as { text: string };
        texts.push(text);
        if (text === "cut") return response.destroy();
        response.writeHead(201, { "content-type": "application/json" }).end('{"id":"true_1@c.us_1"}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    try {
      const dom = await chromium(`http://127.0.0.1:${port}/`);
      expect(dom).toContain('{"refused":"ConfigurationError","id":"true_1@c.us_1","lost":"unknown"}');
      // How often "cut" arrived is the browser's doing: it repeats a POST whose kept connection closed.
      expect(texts.filter((text) => text === "from a page")).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

/** Asynchronous, since the page is served by this process. */
async function chromium(url: string): Promise<string> {
  const { spawn } = await import("node:child_process");
  const flags = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
  ];
  const quiet = [
    "--disable-background-networking",
    "--disable-component-update",
    `--user-data-dir=${join(folder, "chromium")}`,
  ];
  const child = spawn("chromium", [...flags, ...quiet, "--virtual-time-budget=10000", "--dump-dom", url]);
  let dom = "";
  child.stdout.on("data", (chunk) => {
    dom += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(dom));
  });
}

describe("TypeScript", () => {
  const versions = ["typescript50", "typescript6", "typescript7"];
  const resolutions = ["node16", "nodenext", "bundler"];

  it.each(versions.flatMap((version) => resolutions.map((resolution) => [version, resolution])))(
    "%s, moduleResolution %s",
    (version, resolution) => {
      const project = join(folder, `${version}-${resolution}`);
      mkdirSync(project, { recursive: true });
      writeFileSync(
        join(project, "index.ts"),
        `import { Wasend, isWasendError } from "@wasend/sdk";
         import { createEmulator } from "@wasend/sdk/emulator";
         const emulator = createEmulator();
         export const wasend = new Wasend({ apiKey: emulator.apiKey, fetch: emulator.fetch });
         export const id: Promise<string> = wasend.messages.sendText({ to: "+14155550123", text: "hi" }).then(({ id }) => id);
         export const outcome = (error: unknown) => (isWasendError(error) ? error.outcome : undefined);`,
      );
      const module = resolution === "bundler" ? "esnext" : resolution;
      const compilerOptions = {
        module,
        moduleResolution: resolution,
        target: "es2022",
        lib: ["es2022", "dom"],
        strict: true,
      };
      const rest = { noEmit: true, skipLibCheck: false, types: [] };
      writeFileSync(
        join(project, "tsconfig.json"),
        JSON.stringify({ compilerOptions: { ...compilerOptions, ...rest }, files: ["index.ts"] }),
      );
      const compiler = join(here, "node_modules", version as string, "bin/tsc");
      const result = spawnSync("node", [compiler, "-p", project], { encoding: "utf8" });
      expect(result.stdout + result.stderr).toBe("");
    },
  );
});
