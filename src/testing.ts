export { type WasendHandlersOptions, wasendHandlers } from "./testing/wasend-handlers.js";
