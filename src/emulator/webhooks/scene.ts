import type { NumberRecord } from "../records.js";
import type { World } from "../world.js";
import type { Naming } from "./naming.js";
import type { WebhookQuirks } from "./options.js";

/** What a payload is made with. */
export interface Scene {
  world: World;
  number: NumberRecord;
  naming: Naming;
  quirks: WebhookQuirks;
}
