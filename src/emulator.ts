export { createEmulator } from "./emulator/create-emulator.js";
export type { Emulator } from "./emulator/emulator.js";
export type { Fault, FaultMatch, Faults } from "./emulator/faults.js";
export type { Incoming, IncomingMedia, IncomingReaction } from "./emulator/incoming.js";
export type { LoggedRequest, Problem } from "./emulator/journal.js";
export type { Listening } from "./emulator/listen.js";
export type { EmulatedMedia } from "./emulator/media.js";
export type { Dialect, EmulatorOptions } from "./emulator/options.js";
export type { Content, GroupStatus, MessageType, NumberState } from "./emulator/records.js";
export type { EmulatedContact, EmulatedGroup, EmulatedMessage, EmulatedNumber } from "./emulator/views.js";
export type { DeliveryAttempt, EmulatedDelivery } from "./emulator/webhooks/delivery.js";
export type {
  RetryOptions,
  SigningScheme,
  WebhookOptions,
  WebhookQuirks,
} from "./emulator/webhooks/options.js";
export type { DeliverBodyOptions, DeliverOptions } from "./emulator/webhooks/raw-delivery.js";
