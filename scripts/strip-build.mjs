// Takes comments and blanks out of the built code: the declarations carry the documentation, and in the code it would only
// be shipped and loaded. Lines stay short: Node shows the whole line that threw an uncaught error. A step of its own, since
// what makes CommonJS of it trips over code without blanks.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";

const files = readdirSync("dist", { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && /\.c?js$/.test(file.name))
  .map((file) => join(file.parentPath, file.name));

for (const file of files) {
  const options = {
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 120,
    legalComments: "none",
    target: "es2022",
  };
  const { code } = await transform(readFileSync(file, "utf8"), options);
  writeFileSync(file, code);
}
