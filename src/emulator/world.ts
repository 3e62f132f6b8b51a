import { digitsOf } from "./addresses.js";
import type { EmulatorEvent } from "./events.js";
import { Ids } from "./ids.js";
import type { Settings } from "./options.js";
import type { GroupRecord, MessageRecord, NumberRecord } from "./records.js";
import { Timers } from "./timers.js";

/** All that the emulated WASend and WhatsApp know. Groups belong to WhatsApp, so two numbers can share one. */
export class World {
  readonly settings: Settings;
  readonly ids: Ids;
  readonly timers = new Timers();
  readonly numbers = new Map<string, NumberRecord>();
  readonly messages = new Map<string, MessageRecord>();
  readonly groups = new Map<string, GroupRecord>();
  readonly #notOnWhatsApp: ReadonlySet<string>;
  readonly #onEvent: (event: EmulatorEvent) => void;

  constructor(
    settings: Settings,
    notOnWhatsApp: ReadonlySet<string>,
    onEvent: (event: EmulatorEvent) => void,
  ) {
    this.settings = settings;
    this.#notOnWhatsApp = notOnWhatsApp;
    this.#onEvent = onEvent;
    this.ids = new Ids(settings.random);
    this.addNumber(
      { session: settings.session, sessionName: "emulator", digits: digitsOf(settings.phoneNumber) },
      "ready",
    );
  }

  now(): number {
    return this.settings.now();
  }

  emit(event: EmulatorEvent): void {
    this.#onEvent(event);
  }

  onWhatsApp(digits: string): boolean {
    return !this.#notOnWhatsApp.has(`+${digits}`) && !this.#notOnWhatsApp.has(digits);
  }

  addNumber(
    given: Pick<NumberRecord, "sessionName" | "digits"> & Partial<NumberRecord>,
    state: NumberRecord["state"] = "created",
  ): NumberRecord {
    const now = this.now();
    const number: NumberRecord = {
      session: this.ids.session(),
      databaseId: this.ids.database(),
      enableAccountProtection: false,
      enableMessageLogging: false,
      enableWebhook: false,
      createdAt: now,
      updatedAt: now,
      paired: state === "ready",
      held: false,
      qr: { data: "", issuedAt: now, seen: false },
      contacts: new Map(),
      typingTo: new Set(),
      ...given,
      state,
    };
    this.numbers.set(number.session, number);
    return number;
  }

  messagesOf(session: string): MessageRecord[] {
    return [...this.messages.values()].filter((message) => message.session === session);
  }

  message(session: string, id: string): MessageRecord | undefined {
    const message = this.messages.get(id);
    return message?.session === session ? message : undefined;
  }

  groupsOf(number: NumberRecord): GroupRecord[] {
    return [...this.groups.values()].filter((group) => group.participants.has(number.digits));
  }
}
