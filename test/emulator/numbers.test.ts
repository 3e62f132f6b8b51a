import { afterEach, describe, expect, it, vi } from "vitest";
import { until, world } from "./support.js";

const create = { sessionName: "Support", phoneNumber: "+14155550101" };

async function withNumber(options: Parameters<typeof world>[0] = {}) {
  const made = world(options);
  const { body } = await made.ask("POST", "/sessions", create);
  const id: string = body.uniqueSessionId;
  const status = async (): Promise<string> => (await made.ask("GET", `/sessions/${id}`)).body.status;
  const qr = () => made.ask("GET", `/sessions/${id}/auth/qr`);
  return { ...made, id, status, qr, created: body };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a number's life", () => {
  it("goes by itself from created to ready", async () => {
    vi.useFakeTimers();
    const { created, status } = await withNumber();
    expect(created.status).toBe("CREATED");
    const seen: string[] = [];
    for (let i = 0; i < 14; i++) {
      seen.push(await status());
      await vi.advanceTimersByTimeAsync(5);
    }
    expect([...new Set(seen)]).toEqual(["CREATED", "STARTING", "SCAN_QR_CODE", "WORKING"]);
    expect(seen.filter((word) => word === "SCAN_QR_CODE")).toHaveLength(10);
  });

  it("shows a QR code that is scanned one step after it was seen", async () => {
    vi.useFakeTimers();
    const { qr, status } = await withNumber();
    expect(await qr()).toMatchObject({
      status: 422,
      body: { status: "CREATED", expected: ["SCAN_QR_CODE"] },
    });
    await vi.advanceTimersByTimeAsync(10);
    expect((await qr()).status).toBe(200);
    expect(await status()).toBe("SCAN_QR_CODE");
    await vi.advanceTimersByTimeAsync(5);
    expect(await status()).toBe("WORKING");
    expect((await qr()).status).toBe(422);
  });

  it("is ready however often its QR code is looked at", async () => {
    const { qr, status } = await withNumber({ stepMs: 20 });
    await until(async () => (await qr()).status === 200);
    await until(async () => {
      await qr();
      return (await status()) === "WORKING";
    });
  });

  it("waits for start and for the scan when numbers are manual", async () => {
    const { emulator, ask, id, status, qr } = await withNumber({ numbers: "manual", stepMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await status()).toBe("CREATED");
    expect(() => emulator.scanQr(id)).toThrow("created");
    expect(await ask("POST", `/sessions/${id}/start`)).toMatchObject({
      status: 201,
      body: { status: "STARTING" },
    });
    await until(async () => (await qr()).status === 200);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await status()).toBe("SCAN_QR_CODE");
    emulator.scanQr(id);
    expect(await status()).toBe("WORKING");
  });

  it("renews its QR code with time and by hand", async () => {
    let now = 1_700_000_000_000;
    const { emulator, id, qr } = await withNumber({ numbers: "manual", now: () => now, qrMs: 20_000 });
    emulator.setState(id, "scan_qr");
    const codes = [(await qr()).body.data, (await qr()).body.data];
    expect(codes[0]).toBe(codes[1]);
    now += 20_000;
    codes.push((await qr()).body.data);
    emulator.renewQr(id);
    codes.push((await qr()).body.data);
    expect(new Set(codes).size).toBe(3);
  });

  it("stops at once and starts again without a QR code", async () => {
    const { ask, session } = world();
    expect((await ask("POST", `/sessions/${session}/stop`)).body.status).toBe("STOPPED");
    expect((await ask("POST", `/sessions/${session}/start`)).body.status).toBe("STARTING");
    const seen = new Set<string>();
    await until(async () => seen.add((await ask("GET", `/sessions/${session}`)).body.status).has("WORKING"));
    expect(seen.has("SCAN_QR_CODE")).toBe(false);
  });

  it("stays where it is set, and restarts from failed", async () => {
    const { emulator, ask, session } = world();
    emulator.setState(session, "failed");
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(emulator.numbers[0]?.state).toBe("failed");
    await ask("POST", `/sessions/${session}/restart`);
    await until(() => emulator.numbers[0]?.state === "ready");
  });

  it("ends with its deletion", async () => {
    const { emulator, ask, session } = world();
    expect(await ask("DELETE", `/sessions/${session}`)).toMatchObject({ status: 200, text: "" });
    expect((await ask("DELETE", `/sessions/${session}`)).status).toBe(404);
    expect((await ask("GET", "/sessions")).body).toEqual({ sessions: [] });
    emulator.reset();
    expect((await ask("GET", `/sessions/${session}`)).body.status).toBe("WORKING");
  });

  it("speaks the old README's words on request", async () => {
    const { emulator, ask, session } = world({ statusWords: "readme" });
    expect((await ask("GET", `/sessions/${session}`)).body.status).toBe("CONNECTED");
    emulator.setState(session, "failed");
    expect((await ask("GET", `/sessions/${session}`)).body.status).toBe("ERROR");
  });

  it("keeps what it was made with", async () => {
    const { ask } = world();
    const webhook = { enableWebhook: true, webhookUrl: "https://example.com/hook" };
    const { body } = await ask("POST", "/sessions", { ...create, ...webhook });
    expect((await ask("GET", `/sessions/${body.uniqueSessionId}`)).body).toMatchObject({
      ...create,
      ...webhook,
    });
  });
});
