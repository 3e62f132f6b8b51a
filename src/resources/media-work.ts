/** What `wasend.media` loads with its first use: most programs that load the client send texts. */
export { download } from "../media/download.js";
export { inspect } from "./inspect-media.js";
export { planSend } from "./plan-media.js";
