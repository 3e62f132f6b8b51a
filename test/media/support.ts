import { readFileSync } from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type DownloadContext, download } from "../../src/media/download.js";
import type { DownloadOptions, DownloadTarget } from "../../src/media/download-options.js";
import { createNodeOpener } from "../../src/platform/open-url-node.js";

export const fixture = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../fixtures/media/${name}`, import.meta.url)));

/** A server on the loopback address, closed when the test ends. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = "127.0.0.1",
): Promise<{ url: string; port: number; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = http.createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`, port, requests };
}

/** A file server of one file, that breaks each connection after so many bytes of it. */
export function breaking(
  file: Uint8Array,
  cuts: number[],
  headers: Record<string, string> = { etag: '"one"' },
  ranges = true,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const asked = ranges ? /^bytes=(\d+)-$/.exec(request.headers.range ?? "") : null;
    const start = asked === null ? 0 : Number(asked[1]);
    const part = file.subarray(start);
    response.writeHead(asked === null ? 200 : 206, {
      "content-length": part.length,
      ...(asked !== null && { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` }),
      ...headers,
    });
    const cut = cuts.shift();
    if (cut === undefined || cut >= part.length) return void response.end(part);
    response.flushHeaders();
    if (cut === 0) return void setTimeout(() => response.destroy(), 5);
    response.write(part.subarray(0, cut), () => setTimeout(() => response.destroy(), 5));
  };
}

/** A download as a client of that API would make it. */
export function load(
  target: DownloadTarget,
  options: DownloadOptions = {},
  context: Partial<DownloadContext> = {},
) {
  return download(
    {
      baseUrl: "https://api.wasend.dev",
      opener: () => createNodeOpener(),
      headers: { "user-agent": "test" },
      ownHeaders: { authorization: "Bearer secret-key" },
      maxRetries: undefined,
      ...context,
    },
    target,
    options,
  );
}
