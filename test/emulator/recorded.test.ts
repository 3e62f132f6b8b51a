import { describe, expect, it } from "vitest";
import { recorded } from "./recorded.js";
import { world } from "./support.js";

const SESSION = "sess_8f2c1d";

describe("what the old SDK really sent", () => {
  it.each(recorded)("$method $path is understood", async ({ method, path, contentType, body }) => {
    const { emulator } = world({ session: SESSION });
    const response = await emulator.fetch(`https://api.wasend.dev${path}`, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": contentType },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(emulator.problems).toEqual([]);
    expect(await response.text()).not.toContain("Cannot");
    const known = emulator.requests[0];
    expect(known).toMatchObject({ method, status: response.status });
  });
});
