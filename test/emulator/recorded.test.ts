import { describe, expect, it } from "vitest";
import { recorded } from "./recorded.js";
import { world } from "./support.js";

const SESSION = "sess_8f2c1d";

describe("what the old SDK really sent", () => {
  it.each(recorded)("$method $path is understood", async ({ method, path, contentType, body }) => {
    const { emulator } = world({ session: SESSION });
    if (path.endsWith("/auth/qr")) emulator.setState(SESSION, "scan_qr");
    const response = await emulator.fetch(`https://api.wasend.dev${path}`, {
      method,
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": contentType },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(emulator.problems).toEqual([]);
    // Neither the group, the message nor the invite of the recording exists here.
    const missing = /g\.us|groups\/join|reaction|messages\/false_/.test(path);
    const empty = body !== undefined && Object.keys(body ?? {}).length === 2 && /\/send(Image)?$/.test(path);
    const done = method === "POST" ? 201 : 200;
    expect(response.status).toBe(empty ? 400 : missing && !path.includes("overview") ? 404 : done);
    if (response.status === 404)
      expect(await response.json()).toMatchObject({ message: expect.stringMatching(/^[\w ]+ not found$/) });
  });
});
