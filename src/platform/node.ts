import type { Platform } from "./platform.js";

/** In the package `#crypto` leads here as well: a file less to load. */
export { hmac, sameText } from "./crypto-node.js";

const versions = process.versions as Readonly<Record<string, string | undefined>>;

/** Node, Bun and Deno. The transport is loaded by the first call: `node:http` is a third of the import time. */
export const platform: Platform = {
  runtime: versions.deno
    ? `deno/${versions.deno}`
    : versions.bun
      ? `bun/${versions.bun}`
      : `node/${versions.node}`,
  isBrowser: false,
  supportsAgent: true,
  createTransport({ agent }) {
    // Deno silently sends a POST again when a kept connection closes under it, and shows a 200.
    const keepAlive = versions.deno === undefined;
    return import("../http/node-transport.js").then((loaded) =>
      loaded.createNodeTransport({ agent, keepAlive }),
    );
  },
  async createOpener({ agent, fetch }) {
    const { checkResolved, createNodeOpener } = await import("./open-url-node.js");
    if (fetch !== undefined) {
      const { createFetchOpener } = await import("./open-url-web.js");
      return createFetchOpener(fetch, checkResolved);
    }
    // Only Node connects to what `lookup` gives; the others are checked beforehand.
    const isNode = versions.bun === undefined && versions.deno === undefined;
    return createNodeOpener(agent, isNode);
  },
  encodeBase64: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64"),
};
