// Collects the licences of what the build inlined, from the build's own list of its inputs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const { inputs } = JSON.parse(readFileSync("dist/metafile-esm.json", "utf8"));
const folders = new Set(
  Object.keys(inputs)
    .map((path) => /^(node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter((folder) => folder !== undefined),
);
const texts = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "license", "LICENCE"].map((f) => join(folder, f)).find(existsSync);
  if (file === undefined) throw new Error(`${name} has no licence file: it must not be inlined`);
  return `${name} ${version} (${license})\n\n${readFileSync(file, "utf8").trim()}\n`;
});
writeFileSync("dist/THIRD_PARTY_LICENSES.txt", texts.join(`\n${"-".repeat(72)}\n\n`));
