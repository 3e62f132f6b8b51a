// Opt-in and read-only: compares the shapes of the real API's answers with the contract. `WASEND_API_KEY=… npm run probe:live`
//
// Sends nothing and changes nothing: only GET operations without side effects are called. Prints field names, types and
// statuses, never a value.
import { operations } from "../src/contract/index.js";
import { isRecord } from "../src/contract/read.js";
import { isApiError, isWasendError, Wasend } from "../src/index.js";

const session = process.env.WASEND_SESSION;
const wasend = new Wasend({ maxRetries: 0, timeout: 20_000 });

/** `{ id: text, participants: [{ jid: text }] }` */
function shape(value: unknown, depth = 0): string {
  if (Array.isArray(value)) return value.length === 0 ? "[]" : `[${shape(value[0], depth + 1)}, …]`;
  if (!isRecord(value)) return value === null ? "null" : typeof value;
  if (depth > 3) return "{…}";
  // A key that is itself data (an id, a number) must not be printed either.
  const fields = Object.entries(value).map(
    ([key, item]) => `${/\d{4,}|@/.test(key) ? "‹id›" : key}: ${shape(item, depth + 1)}`,
  );
  return `{ ${fields.join(", ")} }`;
}

async function look(id: string, path: string, query: Record<string, string> = {}): Promise<unknown> {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined || operation.method !== "GET") throw new Error(`${id} is no reading operation`);
  try {
    const { data, response } = await wasend.request({ method: "GET", path, query }).withResponse();
    const isKnown = operation.reply(data) !== undefined;
    console.log(`${isKnown ? "as expected" : "DIFFERENT  "}  ${id}  ${response.status}  ${shape(data)}`);
    const limits = [...response.headers.keys()].filter((name) => /rate|limit|retry|request-id/i.test(name));
    if (limits.length > 0) console.log(`             headers: ${limits.join(", ")}`);
    return data;
  } catch (error) {
    const status = isApiError(error)
      ? `${error.status} ${shape(error.body)}`
      : isWasendError(error)
        ? error.code
        : "failed";
    console.log(`no answer    ${id}  ${status}`);
    return undefined;
  }
}

function first(value: unknown, ...keys: string[]): string | undefined {
  const list = Array.isArray(value)
    ? value
    : isRecord(value)
      ? Object.values(value).find(Array.isArray)
      : undefined;
  const item = list?.[0] as unknown;
  if (!isRecord(item)) return undefined;
  const found = keys.map((key) => item[key]).find((one) => typeof one === "string");
  return found as string | undefined;
}

await look("numbers.list", "/sessions");
await look("account.get", "/account");
if (session === undefined) {
  console.log("Set WASEND_SESSION to look at chats, contacts and groups as well.");
} else {
  const own = encodeURIComponent(session);
  const part = (value: string) => encodeURIComponent(value).replaceAll("%40", "@");
  await look("numbers.get", `/sessions/${own}`);
  const chat = first(await look("chats.list", `/${own}/chats`, { limit: "1" }), "id");
  await look("chats.overview", `/${own}/chats/overview`, { limit: "1" });
  if (chat !== undefined) {
    const message = first(
      await look("chats.listMessages", `/${own}/chats/${part(chat)}/messages`, { limit: "1" }),
      "id",
    );
    if (message !== undefined)
      await look("chats.getMessage", `/${own}/chats/${part(chat)}/messages/${part(message)}`);
    await look("chats.getPicture", `/${own}/chats/${part(chat)}/picture`);
  }
  const contact = first(await look("contacts.list", "/contacts/all", { session, limit: "1" }), "id");
  if (contact !== undefined) await look("contacts.get", "/contacts", { session, contactId: contact });
  await look("groups.count", `/${own}/groups/count`);
  const group = first(await look("groups.list", `/${own}/groups`, { limit: "1" }), "jid", "id");
  if (group !== undefined) {
    await look("groups.get", `/${own}/groups/${part(group)}`);
    await look("groups.listParticipants", `/${own}/groups/${part(group)}/participants`);
    await look("groups.getSettings", `/${own}/groups/${part(group)}/settings`);
  }
}
