import { checkRecipient, type Recipient } from "../../contract/recipient.js";
import { ValidationError, type ValidationIssue } from "../../errors/index.js";
import { addressesOf } from "../addresses.js";
import { identityKey } from "../candidates.js";
import { TAGS } from "./export.js";
import type { FieldValue, ListContact, NewContact } from "./types.js";

/** A contact that was checked, and the key of the person. */
export interface Checked extends ListContact {
  key: string;
}

/** What is to be added, checked, or everything that is wrong with it. */
export function checkContacts(contacts: readonly NewContact[]): Checked[] {
  const issues: ValidationIssue[] = [];
  const checked = contacts.map((contact: NewContact | null | undefined, i) =>
    checkContact(contact ?? ({} as NewContact), `contacts[${i}]`, issues),
  );
  if (issues.length > 0) throw new ValidationError("contactLists.add", issues);
  return checked;
}

function checkContact(
  { to, fields = {}, tags = [] }: NewContact,
  path: string,
  issues: ValidationIssue[],
): Checked {
  const address = checkRecipient(to);
  if ("wrong" in address) issues.push({ path: `${path}.to`, message: address.wrong });
  const kept: Record<string, FieldValue> = Object.create(null) as Record<string, FieldValue>;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    issues.push({ path: `${path}.fields`, message: "must be an object of values" });
  for (const [name, value] of Object.entries(fields ?? {})) {
    if (value === null || value === undefined) continue;
    if (name === "to" || name === TAGS)
      issues.push({
        path: `${path}.fields.${name}`,
        message: "is no field: give it beside them, as to or tags",
      });
    else if (isFieldValue(value)) kept[name] = value;
    else
      issues.push({
        path: `${path}.fields.${name}`,
        message: "must be text, a finite number, true or false",
      });
  }
  const value = "value" in address ? address.value : "";
  return { key: identityKey(value), to: value, fields: kept, tags: checkTags(tags, `${path}.tags`, issues) };
}

/** Tags without spaces around them, each once. A comma would part them in an export. */
export function checkTags(tags: readonly string[], path: string, issues: ValidationIssue[]): string[] {
  const clean = new Set<string>();
  if (!Array.isArray(tags)) {
    issues.push({ path, message: "must be a list of texts" });
    return [];
  }
  for (const tag of tags) {
    const text = typeof tag === "string" ? tag.trim() : "";
    if (text === "" || /[,\r\n]/.test(text))
      issues.push({ path, message: "must be texts without commas and line breaks, not empty" });
    else clean.add(text);
  }
  return [...clean];
}

export function isFieldValue(value: unknown): value is FieldValue {
  return typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
}

/** What is known about a person after something was added; the same object when that is nothing new. */
export function merge(known: ListContact | undefined, { to, fields, tags }: ListContact): ListContact {
  if (known === undefined) return { to, fields, tags };
  const newFields = Object.keys(fields).filter(
    (name) => !Object.hasOwn(known.fields, name) || known.fields[name] !== fields[name],
  );
  const newTags = tags.filter((tag) => !known.tags.includes(tag));
  if (newFields.length === 0 && newTags.length === 0) return known;
  const merged = Object.assign(Object.create(null) as Record<string, FieldValue>, known.fields, fields);
  return { to: known.to, fields: merged, tags: [...known.tags, ...newTags] };
}

/** The keys of people; of a contact, one for each of its addresses. */
export function keysOf(who: Recipient | readonly Recipient[], subject: string): string[] {
  const people = (Array.isArray(who) ? who : [who]) as readonly Recipient[];
  return people.flatMap((person) => {
    const known = addressesOf(person);
    if ("wrong" in known) throw new ValidationError(subject, [{ path: "who", message: known.wrong }]);
    return known.values.map(identityKey);
  });
}
