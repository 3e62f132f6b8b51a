import { type Address, digitsOf, digitsOfLid, parseAddress } from "./addresses.js";
import type { EmulatorEvent } from "./events.js";
import { Ids } from "./ids.js";
import { isSameMessage } from "./message-id.js";
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
  readonly #onEvent: (event: EmulatorEvent, world: World) => void;

  constructor(
    settings: Settings,
    notOnWhatsApp: ReadonlySet<string>,
    onEvent: (event: EmulatorEvent, world: World) => void,
  ) {
    this.settings = settings;
    this.#notOnWhatsApp = notOnWhatsApp;
    this.#onEvent = onEvent;
    this.ids = new Ids(settings.random);
    const { url } = settings.webhook;
    this.addNumber(
      {
        session: settings.session,
        sessionName: "emulator",
        digits: digitsOf(settings.phoneNumber),
        enableWebhook: url !== undefined,
        webhookUrl: url,
      },
      "ready",
    );
  }

  now(): number {
    return this.settings.now();
  }

  emit(event: EmulatorEvent): void {
    this.#onEvent(event, this);
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

  /** A message by the id that a reply gave it, or in one of the forms that deliveries have for it. */
  find(id: string): MessageRecord | undefined {
    return this.messages.get(id) ?? [...this.messages.values()].find((one) => isSameMessage(one.id, id));
  }

  /** The same for the API, where nothing says that the bare part alone would do. */
  named(id: string): MessageRecord | undefined {
    return id.includes("_") ? this.find(id) : undefined;
  }

  message(session: string, id: string): MessageRecord | undefined {
    const message = this.named(id);
    return message?.session === session ? message : undefined;
  }

  /** Reads an address; a hidden id of somebody known here leads to their phone, as it does on WhatsApp. */
  address(value: string): Address | undefined {
    const digits = digitsOfLid(value);
    return digits !== undefined && this.#knows(digits) ? parseAddress(`+${digits}`) : parseAddress(value);
  }

  #knows(digits: string): boolean {
    for (const number of this.numbers.values()) if (number.contacts.has(digits)) return true;
    for (const group of this.groups.values()) if (group.participants.has(digits)) return true;
    return false;
  }

  groupsOf(number: NumberRecord): GroupRecord[] {
    return [...this.groups.values()].filter((group) => group.participants.has(number.digits));
  }
}
