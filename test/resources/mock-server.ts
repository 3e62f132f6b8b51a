import { Wasend, type WasendOptions } from "@wasend/sdk";
import { HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll } from "vitest";

export const BASE = "https://api.wasend.dev";

/** What the server saw of one request. */
export interface Seen {
  method: string;
  /** Path and query as sent. */
  target: string;
  rawPath: string;
  /** Decoded. */
  path: string;
  rawQuery: string;
  /** Decoded; of a repeated key all values. */
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  /** Parsed; `undefined` for none. */
  body: unknown;
}

export interface MockReply {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** No answer at all: the connection breaks. */
  broken?: boolean;
}

type Answer = (request: Seen) => MockReply | Promise<MockReply>;

/** A mocked HTTP server for one test file. Whatever goes anywhere else is an error. */
export function mockServer() {
  const seen: Seen[] = [];
  let answer: Answer = () => ({ json: {} });
  const server = setupServer(
    http.all(`${BASE}/*`, async ({ request }) => {
      const one = await read(request);
      seen.push(one);
      const reply = await answer(one);
      if (reply.broken) return HttpResponse.error();
      const { status = one.method === "POST" ? 201 : 200, headers } = reply;
      const text = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
      return new HttpResponse(text === "" ? null : text, { status, headers });
    }),
  );
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    seen.length = 0;
    answer = () => ({ json: {} });
  });
  afterAll(() => server.close());
  return {
    seen,
    /** Answers every request from now on, or the next ones in order and the last of them for ever. */
    answers(next: Answer | MockReply | MockReply[]) {
      const list = Array.isArray(next) ? [...next] : undefined;
      answer =
        list === undefined
          ? typeof next === "function"
            ? next
            : () => next as MockReply
          : () => (list.length > 1 ? list.shift() : list[0]) as MockReply;
    },
  };
}

/** A client that meets the mocked server over its default transport. */
export function client(options: WasendOptions = {}): Wasend {
  return new Wasend({
    apiKey: "key_0123456789",
    session: "sess_1",
    logLevel: "off",
    maxRetries: 0,
    ...options,
  });
}

async function read(request: Request): Promise<Seen> {
  const target = request.url.slice(BASE.length);
  const [rawPath = "", rawQuery = ""] = target.split("?");
  const text = await request.text();
  const query: Seen["query"] = {};
  for (const [key, value] of new URLSearchParams(rawQuery)) {
    const known = query[key];
    // A bracket key is a list, also of one.
    if (key.endsWith("[]")) query[key] = [...((known as string[] | undefined) ?? []), value];
    else query[key] = known === undefined ? value : [known, value].flat();
  }
  return {
    method: request.method,
    target,
    rawPath,
    path: decodeURIComponent(rawPath),
    rawQuery,
    query,
    headers: Object.fromEntries(request.headers),
    body: text === "" ? undefined : JSON.parse(text),
  };
}
