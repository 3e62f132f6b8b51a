import type { FetchLike } from "../http/ky-transport.js";
import type { OpenUrl } from "../media/open-url.js";

/** Checks a host before it is asked; here nothing can be resolved. */
export type HostCheck = (url: URL) => Promise<void>;

/** Opens addresses by `fetch`. */
export function createFetchOpener(userFetch?: FetchLike, check?: HostCheck): OpenUrl {
  return async ({ url, headers, signal, allowPrivate }) => {
    if (!allowPrivate) await check?.(url);
    const fetch = userFetch ?? (globalThis.fetch as FetchLike);
    const response = await fetch(url.href, { headers: { ...headers }, signal, redirect: "manual" });
    const { body, type } = response;
    const reader = body?.getReader();
    return {
      // A browser hides which redirect it was, and where to.
      status: type === "opaqueredirect" ? 302 : response.status,
      headers: Object.fromEntries(response.headers),
      body: chunksOf(reader),
      close: () => void reader?.cancel().catch(() => {}),
    };
  };
}

async function* chunksOf(reader: ReadableStreamDefaultReader<Uint8Array> | undefined) {
  if (reader === undefined) return;
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
