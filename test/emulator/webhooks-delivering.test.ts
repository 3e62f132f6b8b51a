import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmulator } from "@wasend/sdk/emulator";
import { WebhookReceiver } from "@wasend/sdk/webhooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { samples } from "../webhooks/samples.js";
import { until } from "./support.js";
import { customer, hook, hooked, named, read } from "./webhook-support.js";

const hi = { from: customer, text: "hi" };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("deliveries", () => {
  it("go over HTTP by default, and name what came of them", async () => {
    const bodies: string[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      bodies.push(`${request.url} ${request.headers["content-length"]} ${Buffer.concat(chunks)}`);
      response.writeHead(bodies.length === 1 ? 503 : 200).end("thanks");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const emulator = createEmulator({
      webhook: { url: `http://127.0.0.1:${port}/hook?a=1`, retries: { attempts: 2, delayMs: 5 } },
    });
    await emulator.receive({ ...hi, text: "olá ✓" });
    const [delivery] = emulator.webhooks;
    expect(delivery).toMatchObject({ status: "pending", attempts: [{ status: 503 }] });
    await until(() => delivery?.status === "delivered");
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([503, 200]);
    const { body = "" } = delivery ?? {};
    expect(bodies).toEqual(Array(2).fill(`/hook?a=1 ${new TextEncoder().encode(body).byteLength} ${body}`));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));

    emulator.reset();
    emulator.setWebhook(`http://127.0.0.1:${port}/`);
    await emulator.receive(hi);
    expect(emulator.webhooks[0]?.attempts[0]?.error).toContain("ECONNREFUSED");
    emulator.reset();
  });

  it("meet a global fetch that was replaced after the emulator was made", async () => {
    const emulator = createEmulator({ webhook: { url: hook } });
    const fetch = vi.fn(async (_: Request) => new Response(null));
    vi.stubGlobal("fetch", fetch);
    await emulator.receive(hi);
    expect(fetch.mock.calls[0]?.[0].url).toBe(hook);
  });

  it("go straight to a receiver, whose handlers have run when receive resolves", async () => {
    const emulator = createEmulator({
      webhook: { url: hook, fetch: (request) => receiver.handle(request) },
    });
    const receiver = new WebhookReceiver({ secret: emulator.webhookSecret });
    const texts: (string | undefined)[] = [];
    receiver.on("message", ({ message }) => void texts.push(message.text));
    await emulator.receive(hi);
    await emulator.redeliver(emulator.webhooks[0]!);
    expect(texts).toEqual(["hi"]);
    expect(emulator.webhooks[0]?.attempts.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("leave in the order of their events, however long each takes to sign", async () => {
    let left = 10;
    const { emulator, got } = hooked({
      events: ["message"],
      scheme: async () => {
        left -= 1;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
        return {};
      },
    });
    await Promise.all(Array.from({ length: 50 }, (_, i) => emulator.receive({ ...hi, text: String(i) })));
    expect(got.map((one) => read(one).payload.body)).toEqual(Array.from({ length: 50 }, (_, i) => String(i)));
  });

  it("are only of the events asked for; by default of five kinds", async () => {
    const { emulator, send, ask, session } = hooked({ events: undefined });
    const { id } = await emulator.receive(hi);
    await emulator.edit(id, "hello");
    await emulator.react({ from: customer, messageId: id, emoji: "👍" });
    await send();
    await ask("POST", `/${session}/groups`, { name: "W", participants: [{ id: customer }] });
    emulator.setState(session, "failed");
    await until(() => named(emulator.webhooks, "message.ack").length === 2);
    expect([...new Set(emulator.webhooks.map(({ event }) => event))].toSorted()).toEqual([
      "group.v2.join",
      "message",
      "message.ack",
      "message.reaction",
      "session.status",
    ]);
  });

  it("are none for a number without a webhook, which says so when asked to deliver", async () => {
    const { emulator, got, send } = hooked({ url: undefined });
    await emulator.receive(hi);
    await send();
    expect([got, emulator.webhooks]).toEqual([[], []]);
    await expect(emulator.deliver("message", {})).rejects.toThrow("has no webhook");
    emulator.setWebhook(hook);
    await emulator.receive(hi);
    expect(got.map((one) => read(one).event)).toEqual(["message", "message.any"]);
    emulator.setWebhook(undefined);
    await emulator.receive(hi);
    expect(got).toHaveLength(2);
  });

  it("of a number that enables its webhook through the API alone", async () => {
    const { emulator, ask, got } = hooked({ url: undefined, events: ["message"] });
    const create = { sessionName: "A", phoneNumber: "+14155550101", webhookUrl: `${hook}/a` };
    const on = (await ask("POST", "/sessions", { ...create, enableWebhook: true })).body.uniqueSessionId;
    const off = (await ask("POST", "/sessions", { ...create, enableWebhook: false })).body.uniqueSessionId;
    for (const session of [on, off, emulator.session]) await emulator.receive({ ...hi, session });
    expect(got.map(({ url, body }) => [url, read({ body }).session])).toEqual([[`${hook}/a`, on]]);
  });

  it("are not met by faults", async () => {
    const { emulator, got } = hooked({ events: ["message"] });
    emulator.faults.next(1, { status: 500 });
    await emulator.receive(hi);
    expect(got).toHaveLength(1);
    expect(emulator.requests).toEqual([]);
  });
});

describe("settled", () => {
  it("waits for the first attempts of all so far, and for no retry", async () => {
    const { emulator, session, got } = hooked({ wait: () => new Promise(() => {}) }, {}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return new Response(null, { status: 500 });
    });
    await emulator.settled();
    emulator.setState(session, "failed");
    emulator.setState(session, "ready");
    await emulator.settled();
    expect(got).toHaveLength(2);
    expect(emulator.webhooks.map(({ status, attempts }) => [status, attempts[0]?.status])).toEqual([
      ["pending", 500],
      ["pending", 500],
    ]);
  });
});

describe("deliver", () => {
  it("sends any event, whatever is subscribed to", async () => {
    const { emulator, got } = hooked({ events: [] });
    const payload = { id: "14155550123@c.us", presences: [] };
    const delivery = await emulator.deliver("presence.update", payload);
    expect(delivery).toMatchObject({ event: "presence.update", status: "delivered" });
    expect(read(got[0]!)).toMatchObject({ event: "presence.update", payload });
    await expect(emulator.deliver("x", {}, { session: "nope" })).rejects.toThrow("nope");
  });
});

describe("deliverBody", () => {
  it("sends every sample byte for byte, under the headers it was captured with", async () => {
    const { emulator, got } = hooked({ events: [] });
    for (const { body, headers } of samples) {
      await emulator.deliverBody(JSON.stringify(body), { headers });
    }
    expect(got.map(({ body }) => body)).toEqual(samples.map(({ body }) => JSON.stringify(body)));
    samples.forEach(({ headers = {}, event }, i) => {
      expect(emulator.webhooks[i]?.event).toBe(event);
      for (const [name, value] of Object.entries(headers)) {
        // Each connection has its own: a captured length would break the request.
        expect(got[i]?.headers["content-length"]).toBeUndefined();
        if (name.startsWith("x-webhook") || name === "user-agent") expect(got[i]?.headers[name]).toBe(value);
      }
      if (headers["x-webhook-hmac"]) return;
      expect(got[i]?.headers["x-webhook-hmac"] === undefined).toBe(samples[i]?.headers !== undefined);
    });
  });

  it("sends what is no JSON", async () => {
    const { emulator, got } = hooked();
    expect(await emulator.deliverBody("{")).toMatchObject({ event: "", body: "{", status: "delivered" });
    await emulator.deliverBody("null");
    expect(got.map(({ body }) => body)).toEqual(["{", "null"]);
  });
});

describe("redeliver", () => {
  it("sends the same bytes, by delivery, envelope id or request id", async () => {
    const { emulator, got } = hooked({ events: ["message"] });
    await emulator.receive(hi);
    const [delivery] = emulator.webhooks as [(typeof emulator.webhooks)[0]];
    for (const which of [delivery, delivery.id, delivery.requestId]) {
      expect(await emulator.redeliver(which)).toBe(delivery);
    }
    expect(got).toHaveLength(4);
    for (const one of got) expect(one).toEqual(got[0]);
    expect(delivery.attempts).toHaveLength(4);
    await expect(emulator.redeliver("nope")).rejects.toThrow(TypeError);
  });

  it("that is taken ends the repeating; one that fails changes nothing", async () => {
    const statuses = [500, 200, 500];
    let go = () => {};
    const waiting = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { emulator, got } = hooked(
      { events: ["message"], wait: () => waiting },
      {},
      () => new Response(null, { status: statuses.shift() ?? 500 }),
    );
    await emulator.receive(hi);
    const [delivery] = emulator.webhooks as [(typeof emulator.webhooks)[0]];
    expect(delivery.status).toBe("pending");
    await emulator.redeliver(delivery);
    expect(delivery.status).toBe("delivered");
    await emulator.redeliver(delivery);
    go();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([delivery.status, got.length]).toEqual(["delivered", 3]);
  });
});
