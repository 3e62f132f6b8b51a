// POST { to, text } and it is sent. The same file runs on Cloudflare Workers, `deno serve`, Bun and, through an adapter
// such as @hono/node-server, on Node.js.
//
//   WASEND_API_KEY=… WASEND_SESSION=… bun examples/serverless-fetch-handler.ts

import { isWasendError, type Outcome, ValidationError, Wasend } from "@wasend/sdk";

interface Env {
  WASEND_API_KEY?: string;
  WASEND_SESSION?: string;
  WASEND_BASE_URL?: string;
}

// One client for as long as the instance lives: its connections and its rate limiter then outlive a request.
let shared: Wasend | undefined;

// Workers hand the environment to each request; elsewhere the client reads it by itself.
function clientOf(env: Env = {}): Wasend {
  shared ??= new Wasend({
    apiKey: env.WASEND_API_KEY,
    session: env.WASEND_SESSION,
    baseUrl: env.WASEND_BASE_URL,
    deadline: 20_000,
  });
  return shared;
}

const STATUS: Readonly<Record<Outcome, number>> = {
  not_sent: 503,
  rejected: 502,
  unknown: 504,
  accepted: 202,
};

export default {
  async fetch(request: Request, env?: Env): Promise<Response> {
    if (request.method !== "POST") return new Response("POST only", { status: 405 });
    const body = (await request.json().catch(() => undefined)) as { to?: string; text?: string } | undefined;
    try {
      // An empty `to` or `text` is refused before anything is sent.
      const { id } = await clientOf(env).messages.sendText({ to: body?.to ?? "", text: body?.text ?? "" });
      return Response.json({ id });
    } catch (error) {
      if (error instanceof ValidationError) return Response.json({ issues: error.issues }, { status: 400 });
      if (!isWasendError(error)) throw error;
      const { outcome, safeToResend } = error;
      return Response.json({ outcome, safeToResend }, { status: STATUS[outcome] });
    }
  },
};
