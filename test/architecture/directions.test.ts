import { describe, expect, it } from "vitest";
import { type Import, readSources, type Source, textOf } from "./sources.js";

const sources = readSources();
const byFile = new Map(sources.map((source) => [source.file, source]));

/** Of each folder, what it may import. Type imports count: what a file cannot name it cannot lean on. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  errors: [],
  // `#platform` alone, for base64: which runtime it is, is nobody's layer.
  contract: ["errors", "#platform"],
  http: ["contract", "errors"],
  // `media` chooses the endpoint by content; what a user calls is here.
  resources: ["media", "http", "contract", "errors"],
  webhooks: ["errors", "#crypto", "platform/crypto"],
  // What a campaign sends is typed as the resources take it; that it is sent is the client's business.
  bulk: ["contract", "resources", "errors"],
  // Another engine for the same campaigns.
  bullmq: ["bulk", "contract", "resources", "errors", "logger", "#crypto"],
  emulator: ["#crypto"],
  testing: ["emulator"],
  media: ["contract", "http", "errors", "logger", "#platform"],
  platform: ["http", "media"],
  logger: ["errors"],
  events: ["http", "logger"],
};

/** Where a package of others may be imported. */
const PACKAGES: Record<string, RegExp> = {
  ky: /^src\/http\/ky-transport\.ts$/,
  "zod/mini": /^src\/contract\/[\w-]+\.ts$/,
  eventemitter3: /^src\/(?:events|webhooks\/\S+|bulk\/\S+)\.ts$/,
  "csv-parse": /^src\/bulk\/csv\//,
  "libphonenumber-js": /^src\/bulk\//,
  msw: /^src\/testing\//,
  express: /^src\/webhooks\/adapters\/express\.ts$/,
  fastify: /^src\/webhooks\/adapters\/fastify\.ts$/,
  bullmq: /^src\/(?:bulk\/)?bullmq/,
  ioredis: /^src\/(?:bulk\/)?bullmq/,
};

/** The only files that may import `node:` anything. */
const NODE_FILES = [
  /^src\/platform\/(?:[\w-]+-)?node\.ts$/,
  /^src\/http\/node-transport\.ts$/,
  /^src\/node\.ts$/,
  /^src\/cli\//,
  /^src\/emulator\/listen\.ts$/,
  /^src\/webhooks\/adapters\/[\w-]+\.ts$/,
  /^src\/bulk\/(?:\w+\/)?(?:file-[\w-]+|csv-file|line-writer)\.ts$/,
  /^src\/media\/[\w-]+-node\.ts$/,
  // Redis is reached over sockets, so there is no edge here.
  /^src\/bullmq\//,
];

const allImports = sources.flatMap((source) => source.imports.map((one) => ({ ...one, from: source })));
const say = (one: Import & { from: Source }) => `${one.from.file} -> ${one.specifier}`;

it("reads real sources", () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(allImports.length).toBeGreaterThan(300);
});

describe("directions", () => {
  it.each(Object.keys(MAY_IMPORT))("%s imports only what is below it", (layer) => {
    const allowed = MAY_IMPORT[layer] ?? [];
    const wrong = allImports.filter(({ from, file, specifier }) => {
      if (from.layer !== layer) return false;
      if (file === undefined) return specifier.startsWith("#") && !allowed.includes(specifier);
      const target = byFile.get(file) as Source;
      const seam = file.replace(/^src\/(.*)\.ts$/, "$1");
      return target.layer !== layer && !allowed.includes(target.layer) && !allowed.includes(seam);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it("every folder has a rule", () => {
    const folders = new Set(
      sources.filter(({ file }) => file.split("/").length > 2).map(({ layer }) => layer),
    );
    expect([...folders].filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
  });

  it("nothing imports an entry or the client, except an entry", () => {
    const wrong = allImports.filter(({ from, file }) => {
      const isDeep = from.file.split("/").length > 2;
      return isDeep && file !== undefined && /^src\/(?:index|client|options)\.ts$/.test(file);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it.each([
    ["src/webhooks.ts", /^src\/(?:client|options|index|http|contract|resources|bulk|media|emulator)\b/],
    ["src/emulator.ts", /^src\/(?!emulator\b|platform\/crypto|version)/],
    ["src/index.ts", /^src\/(?:emulator|testing)\b/],
  ])("%s reaches nothing that it must not", (entry, forbidden) => {
    expect([...reach(entry, () => true)].filter((file) => forbidden.test(file))).toEqual([]);
  });
});

describe("packages and runtimes", () => {
  it("each package is imported in its own place only", () => {
    const wrong = allImports.filter(({ from, file, specifier }) => {
      if (file !== undefined || /^(?:#|node:)/.test(specifier)) return false;
      const name = Object.keys(PACKAGES).find((one) => specifier === one || specifier.startsWith(`${one}/`));
      return name === undefined || !PACKAGES[name]?.test(from.file);
    });
    expect(wrong.map(say)).toEqual([]);
  });

  it("zod is always the whole of its mini", () => {
    const wrong = allImports.filter(
      ({ specifier, isNamespace }) => specifier.startsWith("zod") && !isNamespace,
    );
    expect(wrong.map(say)).toEqual([]);
  });

  it("ky is loaded when it is used, except where there is nothing else", () => {
    const wrong = allImports.filter(
      ({ from, file, isDynamic, isType }) =>
        file === "src/http/ky-transport.ts" && !isDynamic && !isType && from.file !== "src/platform/web.ts",
    );
    expect(wrong.map(say)).toEqual([]);
  });

  it("node: is imported in the files for Node only", () => {
    const wrong = allImports.filter(
      ({ from, specifier }) =>
        specifier.startsWith("node:") && !NODE_FILES.some((one) => one.test(from.file)),
    );
    expect(wrong.map(say)).toEqual([]);
  });

  it("node:http is a default import, or mocks of it are not seen", () => {
    for (const file of ["src/http/node-transport.ts"]) {
      expect(textOf(file)).toMatch(/^import http from "node:http";$/m);
      expect(textOf(file)).toMatch(/^import https from "node:https";$/m);
    }
  });

  it.each(["src/index.ts", "src/webhooks.ts", "src/emulator.ts"])(
    "%s loads nothing of Node by itself",
    (entry) => {
      const loaded = reach(entry, ({ isType, isDynamic }) => !isType && !isDynamic);
      const wrong = allImports.filter(
        ({ from, specifier, isType, isDynamic }) =>
          loaded.has(from.file) && specifier.startsWith("node:") && !isType && !isDynamic,
      );
      expect(wrong.map(say)).toEqual([]);
    },
  );
});

describe("files", () => {
  it("are at most 300 lines long, and mostly far shorter", () => {
    expect(sources.filter(({ lines }) => lines > 300).map(({ file, lines }) => `${file}: ${lines}`)).toEqual(
      [],
    );
    const median = sources.map(({ lines }) => lines).sort((a, b) => a - b)[Math.floor(sources.length / 2)];
    expect(median).toBeLessThanOrEqual(80);
  });

  it("are named in kebab case, and export by name", () => {
    expect(
      sources.filter(({ file }) => !/^src(?:\/[a-z0-9-]+)+\.ts$/.test(file)).map(({ file }) => file),
    ).toEqual([]);
    expect(
      sources.filter(({ file }) => /^export default/m.test(textOf(file))).map(({ file }) => file),
    ).toEqual([]);
  });
});

/** Every file that an entry leads to. */
function reach(entry: string, follow: (one: Import) => boolean): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const one of byFile.get(file)?.imports ?? [])
      if (one.file !== undefined && follow(one)) visit(one.file);
  };
  visit(entry);
  return seen;
}
