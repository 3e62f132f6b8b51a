import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  memoryContactLists,
  memoryJournal,
  memorySuppressions,
  type RecipientContact,
  Wasend,
} from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";

/** What pages read as `customers.csv`: two good rows, one national number, one that a spreadsheet has shortened. */
const CUSTOMERS = `Mobile,firstName,orderId
+14155550123,Ada,7001
+447700900123,Grace,7002
98765 43210,Asha,7003
4.15555E+09,Alan,7004
`;

/** A folder of its own to work in, so that pages may call their files by short names. */
async function makeFolder() {
  const before = process.cwd();
  const folder = await mkdtemp(join(tmpdir(), "wasend-docs-"));
  await writeFile(join(folder, "customers.csv"), CUSTOMERS);
  await writeFile(
    join(folder, "photo.jpg"),
    new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0]),
  );
  process.chdir(folder);
  return async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * What the snippets of the pages may use without saying where it comes from. Each snippet gets its own emulator, and
 * `new Wasend()` meets that one too, through the environment.
 */
export async function makeAmbient() {
  const leave = await makeFolder();
  const emulator = createEmulator({
    webhook: {
      url: "https://shop.example/webhooks/wasend",
      fetch: (request) => wasend.webhooks.handle(request),
    },
  });
  const server = await emulator.listen();
  Object.assign(process.env, {
    WASEND_API_KEY: emulator.apiKey,
    WASEND_BASE_URL: server.url,
    WASEND_SESSION: emulator.session,
    WASEND_WEBHOOK_SECRET: emulator.webhookSecret,
  });
  const wasend = new Wasend();
  const to = "+14155550123";
  const contact: RecipientContact = { chatId: "14155550123@c.us", phone: to };
  const sent = await wasend.messages.sendText({ to, text: "Hello!" });
  const { id } = await emulator.receive({ from: to, name: "Ada", text: "Is my order there?" });
  const message = await wasend.chats.getMessage(to, id);
  const group = await wasend.groups.create({ name: "Launch", participants: [to] });
  const sales = await wasend.numbers.create({ sessionName: "sales", phoneNumber: "+14155550101" });
  emulator.setState(sales.session, "ready");
  const recipients = [
    { to, firstName: "Ada", orderId: 7001 },
    { to: "+447700900123", firstName: "", orderId: 7002 },
  ];
  const hello = { text: "Hi {{firstName|there}}, order {{orderId}} ships today." };
  const journal = memoryJournal();
  const options = { name: "ready-made", recipients, message: hello, journal, pace: "none" } as const;
  const lists = memoryContactLists();
  await lists.create("customers");
  await lists.add("customers", { to, fields: { firstName: "Ada" }, tags: ["vip"] });
  const names = {
    emulator,
    wasend,
    to,
    contact,
    sent,
    message,
    group,
    sales,
    session: emulator.session,
    text: "Hello!",
    server,
    recipients,
    hello,
    journal: memoryJournal(),
    campaign: wasend.bulk.campaign(options),
    lists,
    suppressions: memorySuppressions(),
    pdfBytes: new TextEncoder().encode("%PDF-1.7"),
    audioBytes: new TextEncoder().encode("OggS"),
    drawQr: (_qr: string): void => {},
    scheduleIn: (_ms: number): void => {},
    retryLater: async (): Promise<void> => {},
    queue: { retryLater: (): void => {} },
    error: new Error("from a catch") as unknown,
  };
  const close = async () => {
    emulator.reset();
    await server.close();
    await leave();
  };
  return { names, close };
}

export type Ambient = Awaited<ReturnType<typeof makeAmbient>>["names"];
