import { defineConfig } from "tsup";

/** What users import. One build for all of them: shared code lands in shared chunks, so `instanceof` holds across entries. */
const entries = {
  index: "src/index.ts",
  emulator: "src/emulator.ts",
};

/** The same build, but reached only through package.json "imports". */
const platforms = {
  "platform/node": "src/platform/node.ts",
  "platform/web": "src/platform/web.ts",
};

export default defineConfig({
  entry: { ...entries, ...platforms },
  format: ["esm", "cjs"],
  splitting: true,
  target: "es2022",
  platform: "neutral",
  removeNodeProtocol: false,
  clean: true,
  metafile: true,
  minifySyntax: true,
  external: ["#platform", "#crypto", /^node:/],
  noExternal: ["ky", /^zod/, "eventemitter3"],
  dts: { entry: entries },
});
