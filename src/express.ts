export { expressHandler, keepRawBody } from "./webhooks/adapters/express.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./webhooks/adapters/node-http.js";
