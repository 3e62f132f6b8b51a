import * as sdk from "@wasend/sdk";
import ts from "typescript";
import { root, type Snippet } from "./markdown.js";

const folder = `${root}test/docs/snippets/`;
const GLOBALS = `${folder}globals.d.ts`;

/** Packages that a page names and that are not installed here. */
const FOREIGN_MODULES = `declare module "https-proxy-agent" {
  export class HttpsProxyAgent { constructor(proxy: string); }
}
`;

/** Comments show excerpts: these may return, and look into what was caught without asking what it is. */
const OF_EXCERPTS = [1108, 18046];

/** Type-checks snippets as modules of this package's user. Gives one line for each thing that is wrong. */
export function typeErrors(snippets: readonly Snippet[], ambientNames: readonly string[]): string[] {
  const byPath = new Map(snippets.map((one, index) => [`${folder}snippet-${index}.ts`, one]));
  const texts = new Map<string, string>([...byPath].map(([path, one]) => [path, withImports(one)]));
  // Declared globally, so that a snippet may have its own `wasend`.
  const type = 'import("../ambient.js").Ambient';
  const globals = ambientNames.map((name) => `declare const ${name}: ${type}["${name}"];\n`);
  texts.set(GLOBALS, globals.join("") + FOREIGN_MODULES);

  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = texts.get(path);
    return text === undefined
      ? getSourceFile(path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    const ignored = byPath.get(path)?.file.startsWith("src/") ? OF_EXCERPTS : [];
    return found
      .filter(({ code }) => !ignored.includes(code))
      .map((diagnostic) => describe(diagnostic, byPath.get(path)));
  });
}

/** A comment in the package's own sources need not import the package. On the same line, so that lines stay right. */
function withImports({ file, code }: Snippet): string {
  if (!file.startsWith("src/")) return code;
  const own = /\b(?:import|const|let|function|class)\b[^=;(]*/g;
  const declared = (code.match(own) ?? []).join(" ");
  const names = Object.keys(sdk).filter((name) => word(name).test(code) && !word(name).test(declared));
  return `import { ${names.join(", ")} } from "@wasend/sdk"; ${code}`;
}

const word = (name: string): RegExp => new RegExp(`\\b${name}\\b`);

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  // A snippet without an import is a module all the same: its names are its own, and it may await.
  return { ...options, moduleDetection: ts.ModuleDetectionKind.Force };
}

function describe({ messageText, start, file }: ts.Diagnostic, snippet: Snippet | undefined): string {
  const text = ts.flattenDiagnosticMessageText(messageText, "\n");
  const at = file?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0;
  return snippet === undefined ? `preamble: ${text}` : `${snippet.file}:${snippet.line + at}: ${text}`;
}
