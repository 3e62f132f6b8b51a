export { type EmulatedApi, type WasendHandlersOptions, wasendHandlers } from "./testing/wasend-handlers.js";
