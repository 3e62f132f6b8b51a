import * as assert from "node:assert";
import * as http from "node:http";
import * as https from "node:https";
import * as test from "node:test";
import { inspect } from "node:util";
import * as sdk from "@wasend/sdk";
import * as emulator from "@wasend/sdk/emulator";
import ts from "typescript";
import { type Ambient, makeAmbient } from "./ambient.js";
import type { Snippet } from "./markdown.js";

const MODULES: Readonly<Record<string, unknown>> = {
  "@wasend/sdk": sdk,
  "@wasend/sdk/emulator": emulator,
  "node:http": { default: http, ...http, __esModule: true },
  "node:https": { default: https, ...https, __esModule: true },
  "node:assert/strict": { default: assert.strict, __esModule: true },
  "node:test": { ...test, __esModule: true },
};

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/** What a snippet did. */
export interface Ran {
  error: unknown;
  exports: Record<string, unknown>;
  /** What it logged, one text for each call. */
  logs: string[];
}

/** Runs a snippet as a module of its own, against an emulator of its own. */
export async function run(
  snippet: Snippet,
  after?: (ran: Ran, names: Ambient) => Promise<void>,
): Promise<Ran> {
  const { names, close } = await makeAmbient();
  const ran: Ran = { error: undefined, exports: {}, logs: [] };
  const log = (...values: unknown[]) => ran.logs.push(values.map(show).join(" "));
  const scope = {
    ...names,
    exports: ran.exports,
    require: load,
    console: { ...console, log, warn: log, error: log },
  };
  // In a block, so that a snippet may declare a name that it is also given.
  const program = new AsyncFunction(...Object.keys(scope), `{\n${toJavaScript(snippet.code)}\n}`);
  try {
    await program(...Object.values(scope)).catch((error: unknown) => {
      ran.error = error;
    });
    await after?.(ran, names);
  } finally {
    await close();
  }
  return ran;
}

function load(name: string): unknown {
  if (name in MODULES) return MODULES[name];
  throw new Error(`the snippets may not import "${name}" yet: add it to test/docs/run.ts`);
}

function toJavaScript(code: string): string {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

const show = (value: unknown): string =>
  typeof value === "string" ? value : inspect(value, { breakLength: 1_000 });

/** What a snippet promises to log: the comments that start with an arrow, behind `console.log(…)`. */
export function promisedLogs({ code }: Snippet): string[] {
  return [...code.matchAll(/\/\/ → (.+)$/gm)].map(([, text]) => (text ?? "").trim());
}
