import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The public entries, as the package names them. */
const manifest = JSON.parse(readFileSync(at("package.json"), "utf8")) as { exports: Record<string, unknown> };
const entries = Object.keys(manifest.exports)
  .filter((name) => name !== "./package.json")
  .map((name) => (name === "." ? "src/index.ts" : `src/${name.slice(2)}.ts`));

const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(at("tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  at("."),
);
const program = ts.createProgram(entries.map(at), { ...config.options, noEmit: true, skipLibCheck: true });
const checker = program.getTypeChecker();

describe.each(entries)("%s", (entry) => {
  const exported = exportsOf(entry);

  it("exports something, and by name", () => {
    expect(exported.length).toBeGreaterThan(0);
    expect(exported.map(({ name }) => name)).not.toContain("default");
  });

  it("says of every export what it is", () => {
    expect(exported.filter((symbol) => !isDocumented(symbol)).map(({ name }) => name)).toEqual([]);
  });

  it("says of every public member of a class what it is", () => {
    const silent = exported.flatMap((symbol) =>
      membersOf(symbol)
        .filter((member) => !isDocumented(member))
        .map((member) => `${symbol.name}.${member.name}`),
    );
    expect([...new Set(silent)]).toEqual([]);
  });
});

it("shows every method of the client and its resources in use", () => {
  const client = exportsOf("src/index.ts").filter(({ name }) =>
    /^(?:Wasend|Numbers|Messages|Chats|Contacts|Groups)$/.test(name),
  );
  const names = client.flatMap((symbol) =>
    membersOf(symbol)
      .filter(({ flags }) => flags & ts.SymbolFlags.Method)
      .filter((member) => !hasTag(member, "example"))
      .map((member) => `${symbol.name}.${member.name}`),
  );
  expect(names).toEqual([]);
  expect(client).toHaveLength(6);
});

function exportsOf(entry: string): ts.Symbol[] {
  const file = program.getSourceFile(at(entry));
  const module = file && checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is no module`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** The members of a class that a user sees: its own and those of its bases in this package. */
function membersOf(symbol: ts.Symbol): ts.Symbol[] {
  const declaration = symbol.declarations?.find(ts.isClassDeclaration);
  if (declaration === undefined) return [];
  return checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol)).filter((member) => {
    const [own] = member.declarations ?? [];
    if (own === undefined || !own.getSourceFile().fileName.includes("/src/")) return false;
    const isHidden =
      ts.getCombinedModifierFlags(own) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected) ||
      /^(?:#|__)/.test(member.name) ||
      hasTag(member, "internal");
    return !isHidden;
  });
}

function isDocumented(symbol: ts.Symbol): boolean {
  return (
    hasTag(symbol, "internal") || isOverride(symbol) || symbol.getDocumentationComment(checker).length > 0
  );
}

/** What it overrides says it already. */
function isOverride(symbol: ts.Symbol): boolean {
  return (
    symbol.declarations?.some((one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Override) === true
  );
}

function hasTag(symbol: ts.Symbol, name: string): boolean {
  return symbol.getJsDocTags(checker).some((tag) => tag.name === name);
}
