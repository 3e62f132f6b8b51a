import type { WebhookReceiver } from "../receiver.js";
import { handleNodeRequest, type NodeHandler } from "./node-http.js";

/**
 * A request listener for `node:http` and `node:https`.
 *
 * @example
 * ```ts
 * import { createServer } from "node:http";
 * import { nodeHandler } from "@wasend/sdk/node";
 *
 * createServer(nodeHandler(receiver)).listen(3000);
 * ```
 */
export function nodeHandler(receiver: WebhookReceiver): NodeHandler {
  return (request, response) => handleNodeRequest(receiver, request, response);
}
