import { type Answer, jsonAnswer, notFound, Refusal, refusal, wrongState } from "./answers.js";
import { checkRequest, noteContentType, notePath, readBody } from "./check-request.js";
import { type Fault, type Faults, faultAnswer, takesEffect } from "./faults.js";
import type { Note } from "./fields.js";
import type { Journal } from "./journal.js";
import type { Json } from "./json.js";
import { fileAnswer } from "./media.js";
import type { NumberRecord } from "./records.js";
import { statusWord } from "./replies/sessions.js";
import type { Route } from "./route.js";
import { decodeParams, findRoute } from "./router.js";
import { wait } from "./timers.js";
import type { WebhookQuirks } from "./webhooks/options.js";
import type { Webhooks } from "./webhooks/webhooks.js";
import type { Outcome, WireRequest } from "./wire.js";
import type { World } from "./world.js";

export interface Host {
  world: World;
  faults: Faults;
  journal: Journal;
  webhooks: Webhooks;
  quirks: WebhookQuirks;
}

/** One request's whole way: noted, met by a fault or by none, answered. */
export async function exchange(host: Host, request: WireRequest, signal?: AbortSignal): Promise<Outcome> {
  const { world, journal } = host;
  const [path = "", ...rest] = request.target.split("?");
  const search = new URLSearchParams(rest.join("?"));
  const { method } = request;
  const entry = journal.open(method, path, search, request.headers);
  const found = findRoute(method, path);
  const body = readable(request);
  if (!(body instanceof Refusal)) entry.body = body;

  const note: Note = (problem) => journal.problems.push({ method, path, problem });
  const fault: Fault = host.faults.take(method, path, found?.route.path) ?? {};
  let done: { result: Answer; attempted: Promise<unknown> } | undefined;
  const real = (): Answer => {
    done ??= host.webhooks.during(() => answer(world, request, found, search, body, note));
    return done.result;
  };
  if (takesEffect(fault)) real();
  if (fault.delayMs !== undefined) await wait(fault.delayMs, signal);
  if (fault.reset !== undefined) return "reset";
  const echo: Json = { path, method, body: (entry.body ?? {}) as Json, query: entry.query };
  const final = faultAnswer(fault, real, echo, world.now());
  if (host.quirks.acksBeforeAnswer) await done?.attempted;
  entry.status = final.status;
  return { answer: final, cut: fault.cutBody === true };
}

function readable(request: WireRequest): unknown {
  try {
    return readBody(request);
  } catch (error) {
    return error;
  }
}

function answer(
  world: World,
  request: WireRequest,
  found: ReturnType<typeof findRoute>,
  search: URLSearchParams,
  body: unknown,
  note: Note,
): Answer {
  try {
    const file = fileAnswer(world, request);
    if (file !== undefined) return isLetIn(world, request) ? file : jsonAnswer(401, refusal(401));
    if (found === undefined) note("unknown route");
    else noteContentType(request, found.route, note);
    if (body instanceof Refusal) throw body;
    if (!isLetIn(world, request)) throw new Refusal(401);
    if (found === undefined) throw new Refusal(404, `Cannot ${request.method} ${request.target}`);
    return handle(world, found.route, decodeParams(found.raw), search, body, note);
  } catch (error) {
    if (error instanceof Refusal) return jsonAnswer(error.status, error.body);
    throw error;
  }
}

function isLetIn({ settings }: World, { headers }: WireRequest): boolean {
  return headers.authorization === `Bearer ${settings.apiKey}`;
}

function handle(
  world: World,
  route: Route,
  params: Record<string, string>,
  search: URLSearchParams,
  sent: unknown,
  note: Note,
): Answer {
  notePath(params, note);
  const { query, body } = checkRequest(route, search, sent, note);
  const session = params.sessionId ?? query.session ?? body.session;
  const number = route.needs && numberOf(world, route.needs, session);
  const reply = route.handle({ world, params, query, body, number });
  return jsonAnswer(route.method === "POST" ? 201 : 200, reply[world.settings.dialect]);
}

function numberOf(world: World, needs: "number" | "ready", session: unknown): NumberRecord {
  const number = world.numbers.get(String(session));
  if (number === undefined) throw notFound("Session");
  if (needs === "ready" && number.state !== "ready") {
    throw wrongState(number.session, statusWord(world, number), [statusWord(world, { state: "ready" })]);
  }
  return number;
}
