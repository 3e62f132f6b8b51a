export type { CsvOptions, CsvRecipient } from "./bulk/csv/options.js";
export type { RejectOptions } from "./bulk/csv/rejects.js";
export type { CsvSource } from "./bulk/csv/source.js";
export { csvFile, writeRejects } from "./bulk/csv-file.js";
export { fileFromPath } from "./media/file-from-path-node.js";
export { type SaveOptions, saveTo } from "./media/save-to-node.js";
export { nodeHandler } from "./webhooks/adapters/node.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./webhooks/adapters/node-http.js";
