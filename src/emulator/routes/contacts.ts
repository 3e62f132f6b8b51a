import { parseAddress } from "../addresses.js";
import { notFound } from "../answers.js";
import { page, sorted } from "../paging.js";
import type { NumberRecord } from "../records.js";
import { contact, picture } from "../replies/contacts.js";
import { numberRoute, type Route, same } from "../route.js";
import type { World } from "../world.js";

/** WhatsApp knows everybody who is on it, whether or not the number has written to them. */
function personOf(world: World, contactId: string): string {
  const digits = parseAddress(contactId)?.digits;
  if (digits === undefined || !world.onWhatsApp(digits)) throw notFound("Contact");
  return digits;
}

const contactOf = (number: NumberRecord, digits: string) =>
  contact(digits, number.contacts.get(digits)?.pushName);

export const contactRoutes: Route[] = [
  numberRoute({
    row: "45",
    method: "GET",
    path: "/contacts/all",
    needs: "ready",
    query: {
      session: "string",
      sortBy: ["id", "name"],
      sortOrder: ["asc", "desc"],
      limit: "int?",
      offset: "int?",
    },
    handle({ number, query }) {
      const all = [...number.contacts.keys()].map((digits) => contactOf(number, digits));
      const by = query.sortBy === "name" ? "name" : "id";
      return same(
        page(
          sorted(all, (one) => one[by] ?? "", query.sortOrder),
          query,
          10,
        ),
      );
    },
  }),
  numberRoute({
    row: "46",
    method: "GET",
    path: "/contacts",
    needs: "ready",
    query: { session: "string", contactId: "string" },
    handle: ({ world, number, query }) => same(contactOf(number, personOf(world, query.contactId))),
  }),
  numberRoute({
    row: "47",
    method: "GET",
    path: "/contacts/check-exists",
    needs: "ready",
    query: { session: "string", phone: "string" },
    handle({ world, query }) {
      const digits = parseAddress(query.phone)?.digits;
      const exists = digits !== undefined && world.onWhatsApp(digits);
      return same({ exists, phone: query.phone, jid: exists ? `${digits}@c.us` : undefined });
    },
  }),
  numberRoute({
    row: "48",
    method: "GET",
    path: "/contacts/profile-picture",
    needs: "ready",
    query: { session: "string", contactId: "string", refresh: "boolean?" },
    handle: ({ world, query }) => same(picture(personOf(world, query.contactId))),
  }),
];
