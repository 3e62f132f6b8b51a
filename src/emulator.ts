export { createEmulator, type Emulator, type Incoming } from "./emulator/emulator.js";
export type { Fault, FaultMatch, Faults } from "./emulator/faults.js";
export type { LoggedRequest, Problem } from "./emulator/journal.js";
export type { Listening } from "./emulator/listen.js";
export type { Dialect, EmulatorOptions } from "./emulator/options.js";
export type { Content, GroupStatus, MessageType, NumberState } from "./emulator/records.js";
export type { EmulatedContact, EmulatedGroup, EmulatedMessage, EmulatedNumber } from "./emulator/views.js";
