import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Ambient, makeAmbient } from "./ambient.js";
import { typeErrors } from "./check.js";
import { commentSnippets, pages, snippets, sources } from "./markdown.js";
import { promisedLogs, type Ran, run } from "./run.js";

const onPages = pages().flatMap(snippets);
const inComments = sources().flatMap(commentSnippets);

// The SDK's own log lines, where a snippet turns them on.
beforeEach(() => {
  for (const level of ["debug", "info", "warn"] as const) vi.spyOn(console, level).mockReturnValue();
});

it("finds the snippets", () => {
  expect(onPages.length).toBeGreaterThan(125);
  expect(inComments.length).toBeGreaterThan(60);
});

it("compiles every snippet of the pages and of the comments", async () => {
  const { names, close } = await makeAmbient();
  await close();
  expect(typeErrors([...onPages, ...inComments], Object.keys(names))).toEqual([]);
}, 60_000);

describe("runs every snippet of the pages", () => {
  for (const snippet of onPages.filter(({ noRun }) => noRun === undefined)) {
    it(`${snippet.file}:${snippet.line}`, async () => {
      const { error, logs, problems } = await run(
        snippet,
        snippet.file === HANDLERS ? callHandler : undefined,
      );
      if (snippet.throws === undefined) expect(error).toBeUndefined();
      else expect(error).toMatchObject({ name: snippet.throws });
      expect(problems).toEqual([]);
      const promised = promisedLogs(snippet);
      expect(logs.filter((line) => promised.includes(line))).toEqual(promised);
    });
  }
});

it("leaves nothing unrun but what needs something that is not here", () => {
  const unrun = onPages.filter(({ noRun }) => noRun !== undefined);
  expect(unrun.length).toBeLessThan(onPages.length / 10);
});

/** Where a snippet that exports a handler is asked once. */
const HANDLERS = "docs/edge-and-serverless.md";

async function callHandler({ exports }: Ran, { emulator, to }: Ambient): Promise<void> {
  const handler = exports.default as
    | { fetch?: (request: Request, env: unknown) => Promise<Response> }
    | undefined;
  if (handler?.fetch === undefined) return;
  const request = new Request("https://shop.example/send", {
    method: "POST",
    body: JSON.stringify({ to, text: "From a handler" }),
  });
  const env = { WASEND_API_KEY: emulator.apiKey, WASEND_SESSION: emulator.session };
  const response = await handler.fetch(request, env);
  expect(response.status).toBe(200);
  expect(emulator.inbox(to).at(-1)?.text).toBe("From a handler");
}
