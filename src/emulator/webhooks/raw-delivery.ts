import type { WebhookQuirks } from "./options.js";

/** How `emulator.deliver` sends an event. */
export interface DeliverOptions {
  /** The number whose webhook gets it. Default `emulator.session`. */
  session?: string;
  /** For this one delivery, on top of `emulator.quirks`. */
  quirks?: WebhookQuirks;
}

/** How `emulator.deliverBody` sends a body. */
export interface DeliverBodyOptions {
  /** The number whose webhook gets it. Default `emulator.session`. */
  session?: string;
  /** Headers that stand in for the signature: those of a capture, or a forger's. Left out, it is signed. */
  headers?: Record<string, string>;
}
