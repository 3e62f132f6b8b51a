import { createFetchOpener } from "./open-url-web.js";
import type { Platform } from "./platform.js";

/** `btoa` takes a string, and a string made of too many characters at once overflows the stack. */
const CHUNK = 0x8000 - (0x8000 % 3);

/** Everything with `fetch` and no `node:http`: Workers, edge functions, web pages. */
export const platform: Platform = {
  runtime: "web",
  isBrowser: typeof document !== "undefined" && typeof window !== "undefined",
  supportsAgent: false,
  createTransport: async () => (await import("../http/ky-transport.js")).createKyTransport(),
  createOpener: ({ fetch }) => createFetchOpener(fetch),
  encodeBase64(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += CHUNK) {
      text += btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
    }
    return text;
  },
};
