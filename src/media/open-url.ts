import type { ResponseHeaders } from "../http/response.js";

/** One GET, of which the body is read as it comes. */
export interface UrlRequest {
  url: URL;
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>;
  /** Ends it at any time, also while the body is read. */
  signal: AbortSignal;
  /** Whether a host may be, or resolve to, a private address. */
  allowPrivate: boolean;
}

/** A status line and headers have come. Redirects are not followed. */
export interface UrlAnswer {
  status: number;
  /** Lower-case names. */
  headers: ResponseHeaders;
  /** Throws when the connection breaks before the end. */
  body: AsyncIterable<Uint8Array>;
  /** Drops what is left of it. */
  close(): void;
}

/** Opens an address. Rejects with {@link PrivateAddressError}, or with whatever the runtime says. */
export type OpenUrl = (request: UrlRequest) => Promise<UrlAnswer>;

/** The host is, or resolves to, an address inside a private network. */
export class PrivateAddressError extends Error {}
