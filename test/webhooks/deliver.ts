import { request } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { signWebhook } from "../../src/webhooks.js";

export const secret = "test-webhook-key-0001";

/** A message event as the engine would send it. */
export const messageBody = (id: string, text = "olá ✓") =>
  JSON.stringify({
    id,
    event: "message",
    session: "sales",
    payload: { id: `false_550000000002@c.us_${id}`, from: "550000000002@c.us", fromMe: false, body: text },
  });

/** Posts a signed delivery; `headers` are added to the signature's. */
export async function deliver(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; headers: Headers }> {
  const signed = await signWebhook(body, { secret });
  const response = await fetch(url, {
    method: "POST",
    body: body as string,
    headers: { "content-type": "application/json", ...signed, ...headers },
    signal: AbortSignal.timeout(5_000),
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

/** Listens on a free port of this machine. */
export async function listen(server: Server): Promise<{ url: string; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        (server as { closeAllConnections?: () => void }).closeAllConnections?.();
      }),
  };
}

/** Sends a body that never ends, and resolves with the answer that comes all the same. */
export function deliverEndless(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = request(
      url,
      { method: "POST", headers: { "content-type": "application/json" } },
      (response) => {
        clearInterval(timer);
        response.resume();
        resolve(response.statusCode ?? 0);
        sending.destroy();
      },
    );
    const timer = setInterval(() => sending.write("x".repeat(100_000)), 1);
    sending.on("error", (error) => {
      clearInterval(timer);
      reject(error);
    });
  });
}
