import ky from "ky";
import { wholeBody } from "./body.js";
import { type Transport, TransportFailure, type TransportResponse } from "./transport.js";

/** The part of `fetch` that is used here. */
export type FetchLike = (url: string, init: RequestInit) => Promise<Response>;

/**
 * A transport over ky and `fetch`. ky's own retries, time-out and errors are off: none of them can express "repeat only
 * what was not sent".
 */
export function createKyTransport(userFetch?: FetchLike): Transport {
  return async ({ url, method, headers, body, cancellation }) => {
    const controller = new AbortController();
    const { signal } = controller;
    // A stand-in for fetch may not heed its signal; a call must end all the same.
    const cancelled = new Promise<never>((_, reject) => {
      cancellation.listen(() => {
        controller.abort();
        reject(signal.reason);
      });
    });
    const init: RequestInit = { method, headers, signal, redirect: "manual" };
    // Looked up at each call, so that mocks and instrumentation which replace the global are seen. It is called with a
    // plain address and options, which every stand-in for fetch understands; not all of them take a Request.
    let whole: string | Blob | undefined;
    const send = () =>
      (userFetch ?? (globalThis.fetch as FetchLike))(
        url,
        whole === undefined ? init : { ...init, body: whole },
      );
    let status: number | undefined;
    let left = false;
    const exchange = async (): Promise<TransportResponse> => {
      whole = typeof body === "object" ? await wholeBody(body) : body;
      // Ended while the body was being made: a stand-in for fetch that heeds no signal would send it all the same.
      signal.throwIfAborted();
      left = true;
      // ky gets no body: it would copy it into a Request that nobody sends.
      const response = await ky(url, {
        ...init,
        fetch: send,
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
      });
      // A browser hides which redirect it was.
      status = response.type === "opaqueredirect" ? 302 : response.status;
      if (typeof body === "object") body.onProgress?.({ loaded: body.byteLength, total: body.byteLength });
      const headers = Object.fromEntries(response.headers);
      return { status, headers, body: new Uint8Array(await response.arrayBuffer()) };
    };
    try {
      return await Promise.race([exchange(), cancelled]);
    } catch (cause) {
      const handed = status !== undefined || (left && !neverLeft(cause));
      throw new TransportFailure({ handed, status, cause });
    }
  };
}

/** Over fetch only these codes prove that no connection was made. Browsers and Deno give none, so there it stays unknown. */
const NEVER_LEFT =
  /^(?:ECONNREFUSED|ENOTFOUND|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(?:VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY))$/;

function neverLeft(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === "string" && NEVER_LEFT.test(found);
}
