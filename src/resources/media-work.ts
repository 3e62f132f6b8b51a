/** What `wasend.media` loads with its first use: most programs that load the client send texts. */
export { download } from "../media/download.js";
export { inspectSource } from "../media/inspect.js";
export { openSource, reading } from "../media/sources.js";
export { planSend } from "./plan-media.js";
