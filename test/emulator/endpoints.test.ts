import { describe, expect, it } from "vitest";
import { endpoints } from "./endpoints.js";
import { misfits } from "./shape.js";
import { world } from "./support.js";

/** A number with a group, a message and a second number that shows its QR code. */
async function furnished(dialect: "sdk" | "docs") {
  const made = world({ dialect, numbers: "manual" });
  const { emulator, ask, session } = made;
  await ask("POST", `/${session}/groups`, {
    name: "Launch",
    description: "Launch team",
    pictureUrl: "https://example.com/g.png",
    participants: [{ id: "+14155550123", isAdmin: true }, { id: "+14155550124" }],
  });
  const other = await ask("POST", "/sessions", { sessionName: "b", phoneNumber: "+14155550101" });
  const scanning: string = other.body.uniqueSessionId;
  emulator.setState(scanning, "scan_qr");
  const { id } = await emulator.receive({
    from: "+14155550123",
    name: "Ann",
    type: "image",
    url: "https://example.com/a.png",
  });
  const names: Record<string, string> = {
    session,
    scanning,
    message: id,
    group: emulator.groups[0]!.jid,
    code: emulator.groups[0]!.inviteCode,
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => names[name] ?? "?");
  return { ...made, fill };
}

it("covers the 54 operations of the old SDK and the 13 of the pages alone", () => {
  expect(new Set(endpoints.map(({ method, path }) => `${method} ${path.split("?")[0]}`)).size).toBe(67);
  expect(endpoints.filter(({ row }) => /^\d+$/.test(row)).map(({ row }) => Number(row))).toEqual(
    Array.from({ length: 54 }, (_, i) => i + 1),
  );
});

describe.each(["sdk", "docs"] as const)("in the %s dialect", (dialect) => {
  it.each(endpoints)("row $row, $method $path, answers as published", async (endpoint) => {
    const { emulator, ask, fill } = await furnished(dialect);
    const body = endpoint.body && JSON.parse(fill(JSON.stringify(endpoint.body)));
    const reply = await ask(endpoint.method, fill(endpoint.path), body);
    expect({ status: reply.status, problems: emulator.problems, text: reply.text }).toMatchObject({
      status: endpoint.method === "POST" ? 201 : 200,
      problems: [],
    });
    const shape = endpoint[dialect];
    if (shape === undefined) expect(reply.text).toBe("");
    else expect(misfits(reply.body, shape)).toEqual([]);
  });
});
