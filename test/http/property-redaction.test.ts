import { inspect } from "node:util";
import type { Logger, WasendOptions } from "@wasend/sdk";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Fault, FaultServer, type SeenRequest } from "./fault-server.js";
import { clientOf, failureOf, TRANSPORTS } from "./support.js";

let server: FaultServer;

beforeAll(async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  server = await FaultServer.start();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** How a server or a proxy may write what it was sent. */
const WRITINGS: Record<string, (text: string) => string> = {
  plain: (text) => text,
  trimmed: (text) => text.trim(),
  "as JSON": (text) => JSON.stringify(text),
  "as JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)),
  "as ASCII JSON": (text) =>
    JSON.stringify(text).replace(
      /[^\x20-\x7e]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  "in an address": (text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd")),
  "in a form": (text) => new URLSearchParams({ a: text }).toString(),
  "in HTML": (text) =>
    text.replace(/[&<>"']/g, (c) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" }[c]};`),
  "in HTML, by number": (text) => text.replace(/[&<>"'`=/]/g, (c) => `&#x${c.charCodeAt(0).toString(16)};`),
  "with blanks collapsed": (text) => text.replace(/\s+/g, " "),
};

/** Everything of a request, in one text. */
function echoOf(request: SeenRequest, write: (text: string) => string): string {
  const { to, text } = JSON.parse(request.body) as { to: string; text: string };
  const { authorization = "" } = request.headers;
  const digits = to.slice(1);
  const spaced = `+${digits.slice(0, 1)} (${digits.slice(1, 4)}) ${digits.slice(4, 7)}-${digits.slice(7)}`;
  return `${write(authorization)} | ${write(to)} | ${spaced} | ${write(text)} | ${write(request.body)} | ${write(request.headers["x-trace-secret"] ?? "")}`;
}

/** The places of an answer where an echo may stand. */
const PLACES: Record<string, (echo: string) => { status: number; body: unknown }> = {
  message: (echo) => ({ status: 400, body: { statusCode: 400, message: echo } }),
  "list of messages": (echo) => ({
    status: 400,
    body: { message: ["to must be a string", echo], error: "Bad Request" },
  }),
  "error as text": (echo) => ({ status: 403, body: { error: echo } }),
  "error object": (echo) => ({
    status: 404,
    body: { error: { code: 404, key: echo, message: echo, details: { [echo]: echo } } },
  }),
  "exception.message": (echo) => ({
    status: 500,
    body: { statusCode: 500, exception: { message: echo, name: echo, stack: echo }, request: { body: echo } },
  }),
  "state of a number": (echo) => ({
    status: 422,
    body: { error: echo, session: echo, status: echo, expected: [echo] },
  }),
  "too many requests": (echo) => ({ status: 429, body: { message: echo } }),
  "a page": (echo) => ({
    status: 502,
    body: `<html><body>${"<p>x</p>".repeat(250)}${echo}${echo}</body></html>`,
  }),
  "a long message": (echo) => ({ status: 409, body: { message: `${"word ".repeat(80)}${echo}${echo}` } }),
  "a bare text": (echo) => ({ status: 500, body: JSON.stringify(echo) }),
  "a yes without an id": (echo) => ({ status: 200, body: { echo } }),
  "a no in a yes": (echo) => ({ status: 200, body: { success: false, error: echo } }),
  "what is no JSON": (echo) => ({ status: 201, body: echo }),
};

function echoes(
  place: (echo: string) => { status: number; body: unknown },
  write: (text: string) => string,
): Fault {
  return {
    request: ({ request, answer }) => {
      const { status, body } = place(echoOf(request, write));
      answer(status, {}, typeof body === "string" ? body : JSON.stringify(body));
    },
  };
}

/** Everything that a user could log of a failure, and everything that the client itself logged and told. */
function telling(options: WasendOptions, transport: (typeof TRANSPORTS)[number]) {
  const told: string[] = [];
  const log = (message: string, details?: unknown) => told.push(message, inspect(details, { depth: 9 }));
  const logger: Logger = { error: log, warn: log, info: log, debug: log };
  const wasend = clientOf(server.url, transport, { ...options, logger, logLevel: "debug" });
  for (const name of ["request", "response", "retry", "rateLimited"] as const) {
    wasend.on(name, (event) => told.push(JSON.stringify(event)));
  }
  const ofError = (error: Error & Record<string, unknown>) => [
    error.message,
    error.stack ?? "",
    JSON.stringify(error),
    inspect(error, { depth: 5 }),
    inspect(error, { depth: 5, showHidden: true }),
    JSON.stringify(error.body) ?? "",
    inspect(error.body, { depth: 9 }),
  ];
  return { wasend, all: (error: Error & Record<string, unknown>) => [...told, ...ofError(error)].join("\n") };
}

const printable = fc.stringMatching(/^[\x21-\x7e]{8,40}$/);
const text = fc
  .oneof(
    fc.string({ unit: "grapheme", minLength: 3, maxLength: 60 }),
    fc.string({ unit: "binary", minLength: 3, maxLength: 60 }),
    fc.constantFrom(
      'Line one\nLine "two" & <three>',
      "  padded text\t",
      "Grüße, 👋 дорогой",
      "C:\\temp\\x",
      "100% of a+b=c/d?",
    ),
    fc.string({ unit: "grapheme-ascii", minLength: 1_800, maxLength: 3_000 }),
  )
  .filter((value) => value.trim().length >= 3);
const number = fc.stringMatching(/^\+[1-9]\d{9,13}$/);

describe.each(TRANSPORTS)("what an error over %s says", (transport) => {
  it.each(Object.keys(PLACES))(
    "holds no key, text or whole number that the server echoes in %s",
    async (place) => {
      await fc.assert(
        fc.asyncProperty(
          printable,
          text,
          number,
          fc.constantFrom(...Object.keys(WRITINGS)),
          async (key, message, to, writing) => {
            const apiKey = `wk_${key}`;
            server.fault = echoes(PLACES[place]!, WRITINGS[writing]!);
            const headers = { "x-trace-secret": "trace-me-not-7f3a" };
            const { wasend, all } = telling({ apiKey, headers, maxRetries: 1 }, transport);
            const said = all(await failureOf(wasend.messages.sendText({ to, text: message })));

            // What would stand there without any echo proves nothing.
            server.fault = echoes(PLACES[place]!, () => "");
            const silent = telling({ apiKey: "another_key", maxRetries: 1 }, transport);
            const frame = silent.all(
              await failureOf(silent.wasend.messages.sendText({ to: "+10000000", text: "." })),
            );

            for (const secret of [apiKey, message, message.trim(), to.slice(1), headers["x-trace-secret"]]) {
              if (secret.length < 3 || frame.includes(secret) || "[redacted]".includes(secret)) continue;
              for (const write of Object.values(WRITINGS)) {
                const written = write(secret);
                if (written.length >= 3 && !frame.includes(written))
                  expect(said.includes(written), written).toBe(false);
              }
            }
          },
        ),
        { numRuns: 25, seed: 4711 },
      );
    },
  );
});

describe("an echo that is cut off", () => {
  const message = "Dear Maria, your appointment with Dr. Meyer is on Monday at nine. ".repeat(40);

  it.each([
    [
      "by the server",
      (t: string) => ({ status: 400, body: { message: `text is too long: ${t.slice(0, 80)}…` } }),
    ],
    ["by the longest message", (t: string) => ({ status: 400, body: { message: t } })],
    ["by the longest page", (t: string) => ({ status: 502, body: `<p>${"x".repeat(1_000)}${t}</p>` })],
  ])("%s gives nothing away", async (_, place) => {
    server.fault = {
      request: ({ request, answer }) => {
        const { status, body } = place(JSON.parse(request.body).text);
        answer(status, {}, typeof body === "string" ? body : JSON.stringify(body));
      },
    };
    const { wasend, all } = telling({}, "node");
    const said = all(await failureOf(wasend.messages.sendText({ to: "+14155550123", text: message })));
    expect(said).not.toContain("Maria");
    expect(said).not.toContain("Meyer");
    expect(said).not.toContain("appointment");
  });
});

describe("an answer that is no HTTP", () => {
  it.each(TRANSPORTS)("over %s does not come back with the error", async (transport) => {
    server.fault = {
      request: ({ request, socket }) =>
        socket.end(`HTTP/1.1 200 OK\r\nbad header ${request.body} ${request.headers.authorization}\r\n\r\n`),
    };
    const { wasend, all } = telling({ apiKey: "wk_very_secret_key" }, transport);
    const error = await failureOf(
      wasend.messages.sendText({ to: "+14155550123", text: "a text for one person" }),
    );
    const said = all(error);
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown" });
    expect(said).not.toMatch(/a text for one person|wk_very_secret_key|14155550123/);
    expect(JSON.stringify(inspect(error, { depth: 9, showHidden: true }))).not.toContain(
      Buffer.from("a text").toString("hex").match(/../g)?.join(" "),
    );
    expect(
      (error.cause as { code?: string }).code ?? ((error.cause as Error).cause as { code?: string }).code,
    ).toMatch(/^HPE_/);
  });
});

describe("what a fetch of the user's throws", () => {
  it("comes back without what it holds of the request", async () => {
    const wasend = clientOf(server.url, "node", {
      apiKey: "wk_very_secret_key",
      fetch: async (url, init) => {
        const error = new TypeError(`no way to ${url} with ${init.body}`, {
          cause: { code: "ECONNREFUSED", init },
        });
        throw Object.assign(error, { config: init, response: { request: init } });
      },
    });
    const error = await failureOf(
      wasend.messages.sendText({ to: "+14155550123", text: "a text for one person" }, { maxRetries: 0 }),
    );
    expect(error).toMatchObject({
      name: "ConnectionError",
      outcome: "not_sent",
      cause: { name: "TypeError" },
    });
    expect(error.cause).toBeInstanceOf(TypeError);
    expect(error.message).toContain("(ECONNREFUSED)");
    const said = inspect(error, { depth: 9, showHidden: true });
    expect(said).not.toMatch(/a text for one person|wk_very_secret_key|14155550123/);
  });
});

it("a 500 that echoes a text about error 463 is no refusal: nobody knows whether the text went out", async () => {
  const text = "We are sorry: the server returned error 463";
  server.fault = echoes(PLACES["exception.message"]!, (echo) => echo);
  const { wasend } = telling({}, "node");
  const error = await failureOf(wasend.messages.sendText({ to: "+14155550123", text }));
  expect(error).toMatchObject({ name: "ServerError", outcome: "unknown", safeToResend: false });
});
