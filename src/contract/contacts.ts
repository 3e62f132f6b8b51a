import { listOperation, operation, type QueryValue } from "./operation.js";
import { readPicture } from "./picture.js";
import { defined, entity, flag, isRecord, list, pick, record, text } from "./read.js";

/**
 * A contact in the number's address book. Fields that the SDK does not know are kept beside these.
 *
 * Source: `Contact` of the vendor's client.
 */
export interface ContactInfo {
  id: string;
  phoneNumber?: string;
  name?: string;
  /** The name the contact gave itself. */
  pushName?: string;
  profilePictureUrl?: string;
  status?: string;
  businessProfile?: Record<string, unknown>;
}

/** Whether a phone number is on WhatsApp. */
export interface Existence {
  exists: boolean;
  phone: string;
  /** The id to send to, which may differ from the number that was asked for. */
  jid?: string;
}

function readContact(json: unknown): ContactInfo | undefined {
  const contact = entity(json, "contact");
  const id = text(contact?.id);
  if (contact === undefined || id === undefined) return undefined;
  const { businessProfile } = contact;
  return defined({
    ...contact,
    id,
    phoneNumber: text(pick(contact, "phoneNumber", "number")),
    name: text(contact.name),
    pushName: text(pick(contact, "pushName", "pushname")),
    profilePictureUrl: text(contact.profilePictureUrl),
    status: text(contact.status),
    businessProfile: isRecord(businessProfile) ? businessProfile : undefined,
  });
}

/** The vendor's client says `exists` and `jid`, the engine `numberExists` and `chatId`. */
function readExistence(json: unknown): Existence | undefined {
  const found = record(json);
  const exists = flag(found?.exists ?? found?.numberExists);
  if (found === undefined || exists === undefined) return undefined;
  return defined({
    ...found,
    exists,
    phone: text(found.phone) ?? "",
    jid: text(pick(found, "jid", "chatId")),
  });
}

export const listContacts = listOperation({
  id: "contacts.list",
  isPaged: true,
  method: "GET",
  path: "/contacts/all",
  retry: "always",
  source: "sdk",
  query: (fields) => ({
    session: fields.session(),
    limit: fields.optional(fields.count()),
    offset: fields.optional(fields.count()),
    sortBy: fields.optional(fields.text()),
    sortOrder: fields.optional(fields.word(["asc", "desc"])),
  }),
  expects: "a list of contacts",
  reply: (json) => list(json, "contacts", readContact),
});

export const getContact = operation({
  id: "contacts.get",
  method: "GET",
  path: "/contacts",
  retry: "always",
  source: "sdk",
  query: (fields) => ({ session: fields.session(), contactId: fields.recipient() }),
  expects: "a contact",
  reply: readContact,
});

export const checkContactExists = operation({
  id: "contacts.checkExists",
  method: "GET",
  path: "/contacts/check-exists",
  retry: "always",
  source: "sdk",
  query: (fields) => ({ session: fields.session(), phone: fields.phone() }),
  // The one place on the wire where a number goes without its `+`.
  toQuery: ({ session, phone }) => ({ session, phone: String(phone).slice(1) }) as Record<string, QueryValue>,
  expects: "whether the number exists",
  reply: readExistence,
});

export const getContactPicture = operation({
  id: "contacts.getPicture",
  method: "GET",
  path: "/contacts/profile-picture",
  retry: "always",
  source: "sdk",
  query: (fields) => ({
    session: fields.session(),
    contactId: fields.recipient(),
    refresh: fields.optional(fields.flag()),
  }),
  expects: "a picture",
  reply: readPicture,
});
