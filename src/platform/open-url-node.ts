// Looked up on the default exports at each call, as in the transport: mocks replace the properties there.
import dns from "node:dns";
import http from "node:http";
import https from "node:https";
import type { LookupFunction, Socket } from "node:net";
import { type OpenUrl, PrivateAddressError, type UrlAnswer } from "../media/open-url.js";
import { isPrivateAddress } from "../media/private-address.js";

/** Refuses a name when one of its addresses is private: which one would be used is not ours to say. */
const publicLookup: LookupFunction = (host, options, callback) => {
  dns.lookup(host, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const [first] = addresses;
    if (first === undefined || addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(new PrivateAddressError(), []);
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** {@link publicLookup} for those who connect by other means. A name that does not resolve is left to them. */
export function checkResolved(url: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    dns.lookup(url.hostname.replace(/^\[|\]$/g, ""), { all: true }, (error, addresses) => {
      const isBad = error === null && addresses.some(({ address }) => isPrivateAddress(address));
      if (isBad) reject(new PrivateAddressError());
      else resolve();
    });
  });
}

/**
 * Opens addresses over `node:http(s)`. The addresses that are connected to are the ones that were checked: a name cannot
 * resolve to something else in between.
 */
export function createNodeOpener(userAgent?: unknown, connectsToLookup = true): OpenUrl {
  return async ({ url, headers, signal, allowPrivate }) => {
    // A user's agent may be a proxy, which resolves names by itself.
    const agent = (userAgent as http.Agent | undefined) ?? false;
    if (!allowPrivate && (agent !== false || !connectsToLookup)) await checkResolved(url);
    return new Promise<UrlAnswer>((resolve, reject) => {
      const request = (url.protocol === "https:" ? https : http).request(url, {
        agent,
        headers: { ...headers, "accept-encoding": "identity" },
        signal,
        ...(!allowPrivate && { lookup: publicLookup }),
      });
      request.on("error", reject);
      if (!allowPrivate && agent === false) request.on("socket", checkAtConnect);
      request.on("response", (body) => {
        const { statusCode = 0, headers } = body;
        // Without this a cut that comes before the first read would be nobody's error.
        body.on("error", () => {});
        resolve({ status: statusCode, headers, body, close: () => request.destroy() });
      });
      request.end();
    });
  };
}

function checkAtConnect(socket: Socket): void {
  socket.once("connect", () => {
    const { remoteAddress } = socket;
    if (remoteAddress !== undefined && isPrivateAddress(remoteAddress))
      socket.destroy(new PrivateAddressError());
  });
}
