import { mkdtemp, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { safeName } from "../../src/media/safe-name.js";
import { saveTo } from "../../src/media/save-to-node.js";

let folder: string;
let outside: string;
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), "wasend-save-"));
  folder = join(home, "inbox");
  outside = join(home, "outside.txt");
  await writeFile(outside, "untouched");
});

const file = (name: string, text = "content") => new File([text], name);

const HOSTILE = [
  "../outside.txt",
  "..\\outside.txt",
  "../../../../etc/passwd",
  "/etc/passwd",
  "C:\\Windows\\system32\\drivers\\etc\\hosts",
  "\\\\server\\share\\x.txt",
  "a\0b.txt",
  "\0",
  "con",
  "NUL.txt",
  "com1.jpg",
  "LPT¹",
  `${"a".repeat(300)}.pdf`,
  `${"ü".repeat(300)}.pdf`,
  "😀".repeat(300),
  "photo\u202Egpj.exe",
  "\u2067right\u2069.pdf",
  "",
  ".",
  "..",
  "...",
  " . . ",
  ".bashrc",
  "trailing. ",
  "a:stream.txt",
  "question?.pdf",
  "new\nline.txt",
  "%2e%2e%2foutside.txt",
  "\ud800.txt",
  "inbox/",
];

describe("names that strangers chose", () => {
  it.each(HOSTILE)("%j stays in the folder", async (name) => {
    const path = await saveTo(file(name), folder);
    expect(dirname(path)).toBe(folder);
    expect(await readdir(folder)).toEqual([path.slice(folder.length + sep.length)]);
    expect(await readFile(path, "utf8")).toBe("content");
    expect(await readFile(outside, "utf8")).toBe("untouched");
    expect(await readdir(dirname(folder))).toEqual(["inbox", "outside.txt"]);
  });

  it("become one visible segment, and stay that when asked again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
        const safe = safeName(name);
        expect(safe).not.toMatch(/[/\\\u0000-\u001f\u202a-\u202e<>:"|?*]|^\.|[. ]$/u);
        expect(safe.length).toBeGreaterThan(0);
        expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(201);
        expect(safeName(safe)).toBe(safe);
      }),
      { numRuns: 400 },
    );
  });

  it("keep their ending when they are shortened, and what is not dangerous", () => {
    expect(safeName(`${"a".repeat(300)}.pdf`)).toMatch(/^a+\.pdf$/);
    expect(safeName("Rechnung für März (2).pdf")).toBe("Rechnung für März (2).pdf");
    expect(safeName("発票.pdf")).toBe("発票.pdf");
    expect(safeName("console.txt")).toBe("console.txt");
    for (const device of ["CON", "aux.h", "CON .txt", "LPT1 .tar.gz"])
      expect(safeName(device)).toBe(`_${device}`);
  });
});

describe("files that are there already", () => {
  it("are not replaced: the new one gets a number", async () => {
    const first = await saveTo(file("photo.jpg", "one"), folder);
    const second = await saveTo(file("photo.jpg", "two"), folder);
    expect(second).toBe(join(folder, "photo (1).jpg"));
    expect(await readFile(first, "utf8")).toBe("one");
  });

  it("are replaced when asked for", async () => {
    await saveTo(file("photo.jpg", "one"), folder);
    const path = await saveTo(file("photo.jpg", "two"), folder, { overwrite: true });
    expect(await readFile(path, "utf8")).toBe("two");
    expect(await readdir(folder)).toEqual(["photo.jpg"]);
  });

  it("are not written through when they are links", async () => {
    await saveTo(file("first.txt"), folder);
    await symlink(outside, join(folder, "link.txt"));
    await saveTo(file("link.txt", "new"), folder);
    await saveTo(file("link.txt", "newer"), folder, { overwrite: true });
    expect(await readFile(outside, "utf8")).toBe("untouched");
  });

  it("each get a name of their own when twenty come at once", async () => {
    const paths = await Promise.all(
      Array.from({ length: 20 }, (_, i) => saveTo(file("same.txt", String(i)), folder)),
    );
    expect(new Set(paths).size).toBe(20);
    const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
    expect(texts).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });
});
