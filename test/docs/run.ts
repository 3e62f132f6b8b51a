import { inspect } from "node:util";
import ts from "typescript";
import { type Ambient, makeAmbient } from "./ambient.js";
import type { Snippet } from "./markdown.js";

const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (
  ...parts: string[]
) => (...values: unknown[]) => Promise<void>;

/** What a snippet did. */
export interface Ran {
  error: unknown;
  exports: Record<string, unknown>;
  /** What it logged, one text for each call. */
  logs: string[];
  /** What its requests carried that no published source attests. */
  problems: readonly object[];
}

/** Runs a snippet as a module of its own, against an emulator of its own. */
export async function run(
  snippet: Snippet,
  after?: (ran: Ran, names: Ambient) => Promise<void>,
): Promise<Ran> {
  const { names, close } = await makeAmbient();
  const ran: Ran = { error: undefined, exports: {}, logs: [], problems: names.emulator.problems };
  const log = (...values: unknown[]) => ran.logs.push(values.map(show).join(" "));
  const modules = await importsOf(snippet);
  const scope = {
    ...names,
    exports: ran.exports,
    require: (name: string) => modules.get(name),
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

/** What a snippet imports, loaded ahead: it runs as a plain function, which cannot import. */
async function importsOf({ code }: Snippet): Promise<Map<string, object>> {
  const names = [...code.matchAll(/^(?:import|} from)\b[^"\n]*"([^"]+)"/gm)].map(([, name]) => name ?? "");
  const loaded = names.map(async (name): Promise<[string, object]> => {
    const found = (await import(/* @vite-ignore */ name)) as object;
    return [name, { ...found, __esModule: true }];
  });
  return new Map(await Promise.all(loaded));
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
