import type { FetchLike } from "../http/ky-transport.js";
import type { Transport } from "../http/transport.js";
import type { OpenUrl } from "../media/open-url.js";

/** What `#platform` gives: the transport that is best here. */
export interface Platform {
  /** `node/20.20.2`, for the user agent. */
  readonly runtime: string;
  /** Whether this is a web page, where an API key is in everybody's hands. */
  readonly isBrowser: boolean;
  /** Makes the default transport; `agent` is a `node:http(s)` agent and can only be honoured by Node's. */
  readonly createTransport: (options: { agent?: unknown }) => Promise<Transport>;
  /** Whether `agent` can be honoured here. */
  readonly supportsAgent: boolean;
  /** Makes what loads files; with a `fetch` of the user's it is used. */
  readonly createOpener: (options: {
    agent?: unknown;
    fetch?: FetchLike | undefined;
  }) => OpenUrl | Promise<OpenUrl>;
  /** Base64 of bytes. */
  readonly encodeBase64: (bytes: Uint8Array) => string;
}
