export { nodeHandler } from "./webhooks/adapters/node.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./webhooks/adapters/node-http.js";
