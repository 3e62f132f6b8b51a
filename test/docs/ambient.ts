import { type RecipientContact, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";

/**
 * What the snippets of the pages may use without saying where it comes from. Each snippet gets its own emulator, and
 * `new Wasend()` meets that one too, through the environment.
 */
export async function makeAmbient() {
  const emulator = createEmulator();
  const server = await emulator.listen();
  Object.assign(process.env, {
    WASEND_API_KEY: emulator.apiKey,
    WASEND_BASE_URL: server.url,
    WASEND_SESSION: emulator.session,
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
    pdfBytes: new TextEncoder().encode("%PDF-1.7"),
    audioBytes: new TextEncoder().encode("OggS"),
    drawQr: (_qr: string): void => {},
    scheduleIn: (_ms: number): void => {},
    retryLater: async (): Promise<void> => {},
    queue: { retryLater: (): void => {} },
    error: new Error("from a catch") as unknown,
  };
  return { names, close: () => server.close() };
}

export type Ambient = Awaited<ReturnType<typeof makeAmbient>>["names"];
