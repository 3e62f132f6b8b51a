/** What a campaign loads with its first plan or run: most programs that load the client never plan one. */
export { makePlan } from "./plan.js";
export { reconcile } from "./reconcile.js";
export { Run } from "./run.js";
export { spooled } from "./spooled.js";
export { readJournal, takeUp, templateHashes } from "./take-up.js";
