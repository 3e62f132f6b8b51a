import type { EmulatedDelivery, EmulatorOptions, WebhookOptions } from "@wasend/sdk/emulator";
import { world } from "./support.js";

export const customer = "+14155550123";
export const hook = "https://shop.example/hook";

/** A request as the receiver met it. */
export interface Got {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

/** A world whose deliveries end in `got`; `answers` gives the answer to each, 200 unless said otherwise. */
export function hooked(
  webhook: WebhookOptions = {},
  options: EmulatorOptions = {},
  answers: (got: Got, count: number) => Response | Promise<Response> = () => new Response(null),
) {
  const got: Got[] = [];
  const made = world({
    stepMs: 1,
    ...options,
    webhook: {
      url: hook,
      events: "*",
      wait: () => Promise.resolve(),
      fetch: async (request) => {
        const { url, method } = request;
        const one = { url, method, headers: Object.fromEntries(request.headers), body: await request.text() };
        got.push(one);
        return answers(one, got.length);
      },
      ...webhook,
    },
  });
  const send = async (text = "Hello", to = customer) => {
    const { body } = await made.ask("POST", "/sendText", { session: made.session, to, text });
    return String(body.id);
  };
  return { ...made, got, send };
}

// biome-ignore lint/suspicious/noExplicitAny: tests read bodies of every event
export const read = ({ body }: Pick<EmulatedDelivery, "body">): any => JSON.parse(body);

export const named = (deliveries: readonly EmulatedDelivery[], event: string) =>
  deliveries.filter((one) => one.event === event);
