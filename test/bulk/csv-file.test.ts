import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { csvFile, writeRejects } from "@wasend/sdk/node";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "wasend-csv-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("reads a file as often as it is asked, and writes what has to be mended", async () => {
  const [path, rejects] = [join(folder, "people.csv"), join(folder, "rejects.csv")];
  await writeFile(path, "Mobile;Name\r\n+14155550101;Zoë\r\n9.19876E+11;=Bob\r\n");
  const source = csvFile(path, { to: "Mobile" });
  for (let pass = 0; pass < 2; pass++) {
    const found = [];
    for await (const { to, Name } of source) found.push([to, Name]);
    expect(found).toEqual([
      ["+14155550101", "Zoë"],
      ["9.19876E+11", "=Bob"],
    ]);
  }
  expect(await writeRejects(source, rejects)).toBe(1);
  expect((await stat(rejects)).mode & 0o777).toBe(0o600);
  const text = await readFile(rejects, "utf8");
  expect(text).toMatch(/^\ufeffwasend_reject_reason;Mobile;Name\r\n.*line 3: .*9\.19876E\+11;'=Bob\r\n$/s);

  await writeFile(rejects, text.replace("9.19876E+11;", "+919876543210;"));
  const mended = [];
  for await (const { to, Name } of csvFile(rejects, { to: "Mobile" })) mended.push([to, Name]);
  expect(mended).toEqual([["+919876543210", "=Bob"]]);
});

it("passes on that there is no such file", async () => {
  await expect(csvFile(join(folder, "none.csv")).info()).rejects.toMatchObject({ code: "ENOENT" });
});
