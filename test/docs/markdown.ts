import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A piece of code out of a page or a comment. */
export interface Snippet {
  /** Relative to the repository. */
  file: string;
  /** Of its first line of code, from 1. */
  line: number;
  code: string;
  /** Why it is not run, if it is not. */
  noRun: string | undefined;
  /** The error it must end with, if any. */
  throws: string | undefined;
}

export const read = (file: string): string => readFileSync(root + file, "utf8");

/** README, guides, CHANGELOG and CONTRIBUTING. */
export function pages(): string[] {
  const guides = readdirSync(`${root}docs`).filter((name) => name.endsWith(".md"));
  return ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...guides.map((name) => `docs/${name}`)];
}

/** Every `ts` block of a page. After the language: `no-run: why`, or `throws SomeError`. */
export function snippets(file: string): Snippet[] {
  const found: Snippet[] = [];
  let open: { fence: string; info: string; line: number; code: string[] } | undefined;
  for (const [index, text] of read(file).split("\n").entries()) {
    const [, fence, info] = /^ {0,3}(`{3,})(.*)$/.exec(text) ?? [];
    if (open === undefined && fence !== undefined)
      open = { fence, info: info ?? "", line: index + 2, code: [] };
    else if (open !== undefined && fence === open.fence && info?.trim() === "") {
      if (/^ts\b/.test(open.info)) found.push(snippet(file, open.line, open.code, open.info));
      open = undefined;
    } else open?.code.push(text);
  }
  if (open !== undefined) throw new Error(`${file}:${open.line}: a block that is never closed`);
  return found;
}

function snippet(file: string, line: number, code: string[], info: string): Snippet {
  const noRun = /\bno-run: *(.+)$/.exec(info)?.[1];
  if (/\bno-run\b/.test(info) && noRun === undefined)
    throw new Error(`${file}:${line}: no-run without a reason`);
  return { file, line, code: code.join("\n"), noRun, throws: /\bthrows (\w+)/.exec(info)?.[1] };
}

/** The `ts` blocks in the comments of a source file. They need not import what the package exports. */
export function commentSnippets(file: string): Snippet[] {
  const found: Snippet[] = [];
  let code: string[] | undefined;
  for (const [index, text] of read(file).split("\n").entries()) {
    const inside = /^\s*\* ?(.*)$/.exec(text)?.[1];
    if (code === undefined && inside === "```ts") code = [];
    else if (code !== undefined && inside === "```") {
      found.push(snippet(file, index + 1 - code.length, code, "ts no-run: it stands in a comment"));
      code = undefined;
    } else if (code !== undefined) code.push(inside ?? "");
  }
  return found;
}

/** Elsewhere examples need a stage of their own: a server's request, a receiver, a file of recipients. */
const ON_THIS_STAGE =
  /^(?:(?:resources|errors|http|contract|emulator)\/|(?:client|events|logger|options|emulator)\.ts$)/;

/** The TypeScript files of the client and the emulator. */
export function sources(): string[] {
  return readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && ON_THIS_STAGE.test(name))
    .map((name) => `src/${name}`);
}

/** A page without its blocks of code. */
export const prose = (file: string): string =>
  read(file).replace(/^ {0,3}(`{3,})[\s\S]*?^ {0,3}\1\s*$/gm, "");

/** The rows of all tables of a page, cells trimmed, head and rule included. */
export function tableRows(file: string): string[][] {
  return prose(file)
    .split("\n")
    .filter((line) => /^\|.*\|\s*$/.test(line))
    .map((line) =>
      line
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** Where a heading can be linked to, as GitHub spells it. */
export function anchors(file: string): string[] {
  return [...prose(file).matchAll(/^#{1,6} (.+)$/gm)].map(([, title]) =>
    (title ?? "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-"),
  );
}
