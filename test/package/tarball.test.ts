import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, linkPeers, pack, remove, root, run } from "./installed.js";

interface Manifest {
  version: string;
  exports: Record<string, unknown>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional?: boolean }>;
  dependencies?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const entries = Object.keys(manifest.exports).filter((entry) => entry !== "./package.json");
/** They stand on a library of the user's; the others work without any. */
const needsPeer = ["./testing", "./bullmq"];
const specifier = (entry: string) => `@wasend/sdk${entry.slice(1)}`;

let folder: string;
let withPeers: string;
beforeAll(() => {
  folder = install();
  withPeers = install();
  linkPeers(withPeers, Object.keys(manifest.peerDependencies));
});
afterAll(() => {
  remove(folder);
  remove(withPeers);
});

function files(of: string): string[] {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
}

describe("npm install @wasend/sdk", () => {
  it("installs one package of under 2 MB", () => {
    const modules = join(folder, "node_modules");
    const packages = readdirSync(modules, { recursive: true, encoding: "utf8" }).filter(
      (path) => path.endsWith("package.json") && !path.includes("dist"),
    );
    expect(packages).toEqual([join("@wasend", "sdk", "package.json")]);
    const bytes = files(modules).reduce((sum, file) => sum + lstatSync(file).size, 0);
    expect(bytes).toBeLessThan(2_000_000);
    expect(manifest.dependencies).toBeUndefined();
  });

  it("brings the build, the licences and the documents, and nothing else", () => {
    const installed = join(folder, "node_modules/@wasend/sdk");
    const names = files(installed).map((file) => relative(installed, file).split("\\").join("/"));
    const allowed = /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/.+)$/;
    expect(names.filter((name) => !allowed.test(name))).toEqual([]);
    expect(names.filter((name) => name.includes("metafile"))).toEqual([]);
    expect(names).toContain("dist/THIRD_PARTY_LICENSES.txt");
    const licences = readFileSync(join(installed, "dist/THIRD_PARTY_LICENSES.txt"), "utf8");
    for (const name of ["ky", "zod", "eventemitter3"])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
  });

  it("publishes no type of a dependency, but for msw's in the entry that makes handlers for it", () => {
    const dist = join(folder, "node_modules/@wasend/sdk/dist");
    const declarations = files(dist).filter((file) => /\.d\.c?ts$/.test(file));
    expect(declarations.length).toBeGreaterThan(0);
    for (const file of declarations) {
      const name = relative(dist, file);
      const code = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      const imported = [...code.matchAll(/(?:from|import\()\s*["']([^"'.#][^"']*)["']/g)].map(
        ([, from]) => from,
      );
      const allowed = name.startsWith("testing.") ? ["msw"] : [];
      expect({ name, foreign: imported.filter((from) => !allowed.includes(from as string)) }).toEqual({
        name,
        foreign: [],
      });
    }
  });
});

describe.each(entries)("entry %s", (entry) => {
  it("can be imported and required, and both give the same names", () => {
    const place = needsPeer.includes(entry) ? withPeers : folder;
    const print =
      "console.log(JSON.stringify(Object.keys(it).filter((k) => k !== '__esModule').sort())); process.exit()";
    const esm = `const it = await import("${specifier(entry)}"); ${print}`;
    const imported = run("node", ["--input-type=module", "-e", esm], place);
    const required = run("node", ["-e", `const it = require("${specifier(entry)}"); ${print}`], place);
    expect(JSON.parse(imported).length).toBeGreaterThan(0);
    expect(imported).toBe(required);
    expect(JSON.parse(imported)).not.toContain("default");
  });
});

it("an error that nobody catches is shown with a line of code, not with a whole file", () => {
  const program = 'import { Wasend } from "@wasend/sdk"; new Wasend();';
  const none = { WASEND_API_KEY: "" };
  let shown = "";
  try {
    run("node", ["--input-type=module", "-e", program], folder, none);
  } catch (error) {
    shown = (error as Error).message;
  }
  expect(shown).toContain("ConfigurationError: no API key");
  expect(shown.length).toBeLessThan(2_500);
});

it("every peer is optional", () => {
  const { peerDependencies, peerDependenciesMeta } = manifest;
  expect(
    Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true),
  ).toEqual([]);
});

describe("one class per module format", () => {
  const program = (load: string) => `
    ${load}
    const emulator = createEmulator();
    const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch });
    const wrong = await wasend.messages.sendText({ to: "123", text: "x" }).catch((error) => error);
    const missing = await wasend.numbers.get("sess_nobody").catch((error) => error);
    console.log(JSON.stringify({
      local: wrong instanceof ValidationError && wrong instanceof WasendError && isWasendError(wrong),
      answered: missing instanceof NotFoundError && isApiError(missing),
      name: missing.name,
      printed: [wasend.constructor.name, wrong.constructor.name, wrong.stack.split(":")[0], (await wasend.chats.list()).constructor.name],
    }));`;
  const names = "{ Wasend, WasendError, ValidationError, NotFoundError, isWasendError, isApiError }";
  const printed = ["Wasend", "ValidationError", "ValidationError", "Page"];
  const good = { local: true, answered: true, name: "NotFoundError", printed };

  it("holds in ESM, lazily loaded parts included", () => {
    const load = `import ${names} from "@wasend/sdk"; import { createEmulator } from "@wasend/sdk/emulator";`;
    expect(JSON.parse(run("node", ["--input-type=module", "-e", program(load)], folder))).toEqual(good);
  });

  it("holds in CommonJS, lazily loaded parts included", () => {
    const load = `const ${names} = require("@wasend/sdk"); const { createEmulator } = require("@wasend/sdk/emulator");`;
    expect(JSON.parse(run("node", ["-e", `(async () => {${program(load)}})()`], folder))).toEqual(good);
  });

  it("guards hold across the two formats", () => {
    const source = `
      import { createRequire } from "node:module";
      import { isWasendError, isApiError, WasendError } from "@wasend/sdk";
      const other = createRequire(import.meta.url)("@wasend/sdk");
      const wrong = await new other.Wasend({ apiKey: "k", session: "s" }).messages.sendText({ to: "1", text: "x" }).catch((e) => e);
      console.log(JSON.stringify([isWasendError(wrong), isApiError(wrong), wrong instanceof WasendError]));`;
    expect(JSON.parse(run("node", ["--input-type=module", "-e", source], folder))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("the packed tarball", () => {
  it("is approved by publint", () => {
    expect(run("npx", ["publint", "--strict", pack()], root)).toMatch(/All good/i);
  });

  it("has types that are right under node16 and bundler resolution", () => {
    run("npx", ["attw", "--profile", "node16", pack()], root);
  });
});
