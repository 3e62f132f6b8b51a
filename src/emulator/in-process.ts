import { orAbort } from "./abort.js";
import type { Answer } from "./answers.js";
import { BODY_LIMIT, type Outcome, type WireRequest } from "./wire.js";

type Serve = (request: WireRequest, signal?: AbortSignal) => Promise<Outcome>;

const failed = (message: string, code: string, text: string): TypeError =>
  new TypeError(text, { cause: Object.assign(new Error(message), { code }) });

/** A `fetch` whose every request, whatever its host, ends here. It fails the way Node's does. */
export function inProcessFetch(serve: Serve): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    signal?.throwIfAborted();
    const outcome = await orAbort(asked(request, serve, signal), signal);
    if (outcome === "reset") throw failed("read ECONNRESET", "ECONNRESET", "fetch failed");
    return response(outcome.answer, outcome.cut);
  };
}

async function asked(request: Request, serve: Serve, signal: AbortSignal | undefined): Promise<Outcome> {
  const url = new URL(request.url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const wire: WireRequest = {
    method: request.method,
    target: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body: bytes.byteLength > BODY_LIMIT ? "too large" : bytes,
  };
  return serve(wire, signal);
}

function response({ status, headers, body }: Answer, cut: boolean): Response {
  if (cut) return new Response(halfOf(body), { status, headers });
  return new Response(body.byteLength === 0 ? null : (body as BodyInit), { status, headers });
}

function halfOf(body: Uint8Array): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream({
    pull(controller) {
      // The half goes out in a turn of its own: an error at once would take it back.
      const half = body.subarray(0, body.byteLength >> 1);
      if (given || half.byteLength === 0) {
        return controller.error(failed("other side closed", "UND_ERR_SOCKET", "terminated"));
      }
      given = true;
      controller.enqueue(half);
    },
  });
}
