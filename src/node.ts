export type { CsvOptions, CsvRecipient } from "./bulk/csv/options.js";
export type { RejectOptions } from "./bulk/csv/rejects.js";
export type { CsvSource } from "./bulk/csv/source.js";
export { csvFile, writeRejects } from "./bulk/csv-file.js";
export { nodeHandler } from "./webhooks/adapters/node.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./webhooks/adapters/node-http.js";
