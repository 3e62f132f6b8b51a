import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One import of a source file. */
export interface Import {
  /** As it is written: `../errors/index.js`, `node:http`, `ky`. */
  specifier: string;
  /** The file of ours that it names, such as `src/errors/index.ts`. */
  file: string | undefined;
  /** Gone after compiling: `import type`, or types only. */
  isType: boolean;
  /** `import("…")` at run time. */
  isDynamic: boolean;
  /** `import * as name`. */
  isNamespace: boolean;
}

/** One source file and what it imports. */
export interface Source {
  /** `src/http/call.ts` */
  file: string;
  /** `http`; a file directly in `src` is its own layer: `client`. */
  layer: string;
  lines: number;
  imports: Import[];
}

/** Every file of `src`, read and parsed, not run. */
export function readSources(): Source[] {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) =>
      relative(root, join(root, "src", name))
        .split(sep)
        .join("/"),
    );
  return files.sort().map((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const layer = file.split("/")[1]!.replace(/\.ts$/, "");
    return { file, layer, lines: text.split("\n").length - 1, imports: importsOf(file, text, files) };
  });
}

/** A file's text. */
export function textOf(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

function importsOf(file: string, text: string, files: readonly string[]): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, kind: Partial<Import>) => {
    const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts");
    const ours = specifier.startsWith(".") ? path : undefined;
    if (ours !== undefined && !files.includes(ours))
      throw new Error(`${file} imports ${specifier}, which is not there`);
    found.push({ specifier, file: ours, isType: false, isDynamic: false, isNamespace: false, ...kind });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const bindings = node.importClause?.namedBindings;
      const named = bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
      const onlyTypes =
        named.length > 0 && node.importClause?.name === undefined && named.every((one) => one.isTypeOnly);
      add(node.moduleSpecifier.text, {
        isType: node.importClause?.isTypeOnly === true || onlyTypes,
        isNamespace: bindings !== undefined && ts.isNamespaceImport(bindings),
      });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      const { text } = node.moduleSpecifier as ts.StringLiteral;
      const named =
        node.exportClause !== undefined && ts.isNamedExports(node.exportClause)
          ? node.exportClause.elements
          : [];
      add(text, { isType: node.isTypeOnly || (named.length > 0 && named.every((one) => one.isTypeOnly)) });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add((node.arguments[0] as ts.StringLiteral).text, { isDynamic: true });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add((node.argument.literal as ts.StringLiteral).text, { isType: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}
