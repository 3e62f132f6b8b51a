import type { WebhookReceiver } from "../receiver.js";
import { handleNodeRequest, type NodeHandler } from "./node-http.js";

/**
 * A route handler for Express 4 and 5. Reads `req.rawBody`, then a body that is bytes or text, then the stream. When a
 * parser has run and kept nothing, it answers 500 at once and logs the fix.
 *
 * @example
 * ```ts
 * import { expressHandler } from "@wasend/sdk/express";
 *
 * app.post("/webhooks/wasend", expressHandler(receiver)); // before, or without, app.use(express.json())
 * ```
 */
export function expressHandler(receiver: WebhookReceiver): NodeHandler {
  return (request, response) => handleNodeRequest(receiver, request, response);
}

/**
 * Keeps the bytes of each body as `req.rawBody`, for apps whose parser is mounted for everything.
 *
 * @example
 * ```ts
 * app.use(express.json({ verify: keepRawBody }));
 * app.post("/webhooks/wasend", expressHandler(receiver));
 * ```
 */
export function keepRawBody(request: object, _response: unknown, body: Uint8Array): void {
  (request as { rawBody?: Uint8Array }).rawBody = body;
}
