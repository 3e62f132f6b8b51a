import { Emulator } from "./emulator.js";
import type { EmulatorOptions } from "./options.js";

/**
 * Makes a whole WASend in this process. No network, no account, no real message.
 * @example
 * const emulator = createEmulator();
 * const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch });
 * await wasend.messages.sendText({ to: "+14155550123", text: "Hello" });
 * emulator.inbox("+14155550123"); // [{ text: "Hello", … }]
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return new Emulator(options);
}
