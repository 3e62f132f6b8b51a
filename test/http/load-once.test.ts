import { afterEach, expect, it, vi } from "vitest";
import { Wasend } from "../../src/index.js";
import { failureOf } from "./support.js";

const { broken, lacking } = vi.hoisted(() => {
  const broken = new Set<string>();
  /** The file as it is, but for what is asked of it: that may not be there. */
  const lacking = (name: string, part: string) => async (original: () => Promise<object>) => {
    const real: object = await original();
    return {
      ...real,
      get [part]() {
        if (broken.has(name)) throw new Error(`Cannot find module ${name}`);
        return (real as Record<string, unknown>)[part];
      },
    };
  };
  return { broken, lacking };
});

vi.mock("../../src/contract/check-input.js", lacking("checks", "checkInput"));
vi.mock("../../src/media/gate.js", lacking("gate", "MediaGate"));
vi.mock("../../src/http/ky-transport.js", lacking("transport", "createKyTransport"));

afterEach(() => broken.clear());

it.each(["checks", "gate", "transport"])(
  "a part that is not there (%s) is named, and looked for again by the next call",
  async (part) => {
    let requests = 0;
    const fetch = async () => {
      requests += 1;
      return Response.json({ id: "msg_1" }, { status: 201 });
    };
    const { messages } = new Wasend({ apiKey: "key", session: "sess_1", logLevel: "off", fetch });
    broken.add(part);
    for (let time = 0; time < 2; time += 1) {
      const error = await failureOf(messages.sendText({ to: "+14155550123", text: "Hi" }));
      expect(error).toMatchObject({ name: "ConnectionError", outcome: "not_sent", safeToResend: true });
      expect(error.message).toMatch(/a part of @wasend\/sdk could not be loaded\. Nothing was sent/);
      expect(error.cause).toMatchObject({ message: `Cannot find module ${part}` });
    }
    expect(requests).toBe(0);
    broken.clear();
    expect(await messages.sendText({ to: "+14155550123", text: "Hi" })).toMatchObject({ id: "msg_1" });
  },
);
