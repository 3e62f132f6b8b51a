import type { WebhookQuirks } from "./options.js";

/**
 * How `emulator.deliver` sends an event.
 * @example await emulator.deliver("presence.update", payload, { quirks: { duplicates: "concurrent" } });
 */
export interface DeliverOptions {
  /** The number whose webhook gets it. Default `emulator.session`. */
  session?: string;
  /** For this one delivery, on top of `emulator.quirks`. */
  quirks?: WebhookQuirks;
}

/**
 * How `emulator.deliverBody` sends a body.
 * @example await emulator.deliverBody(body, { headers: { "x-webhook-hmac": "0".repeat(128) } }); // a forgery
 */
export interface DeliverBodyOptions {
  /** The number whose webhook gets it. Default `emulator.session`. */
  session?: string;
  /** Headers that stand in for the signature: those of a capture, or a forger's. Left out, it is signed. */
  headers?: Record<string, string>;
}
