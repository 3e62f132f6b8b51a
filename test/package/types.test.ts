import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { install, remove, root, run } from "./installed.js";

let folder: string;
beforeAll(() => {
  folder = install();
});
afterAll(() => remove(folder));

const program = `
import { Wasend, isWasendError, type Sent, type Group, type NumberInfo } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";

const emulator = createEmulator({ dialect: "docs" });
export const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, fetch: emulator.fetch });

export async function use(): Promise<void> {
  const sent: Sent = await wasend.messages.sendText({ to: "+14155550123", text: "hi" });
  const { data, attempts } = await wasend.messages.sendImage({ to: sent.to, data: new Uint8Array([1]) }).withResponse();
  const group: Group = await wasend.groups.create({ name: data.id, participants: ["+14155550123"] });
  const numbers: NumberInfo[] = (await wasend.numbers.list()).data;
  for await (const chat of wasend.chats.list({ limit: attempts })) console.log(chat.name, group.jid, numbers.length);
  wasend.on("retry", ({ waitMs }) => console.log(waitMs.toFixed()));

  // @ts-expect-error a message needs a text
  await wasend.messages.sendText({ to: "+14155550123" });
  // @ts-expect-error a file has one source
  await wasend.messages.sendImage({ to: "+14155550123", url: "https://example.com/a.jpg", data: "QQ==" });
  // @ts-expect-error the wire has no caption here
  await wasend.messages.sendFile({ to: "+1", url: "https://example.com/a.pdf", fileName: "a", mimeType: "a/b", caption: "no" });
  // @ts-expect-error there is no such event
  wasend.on("error", () => {});
  // @ts-expect-error the group's id comes first
  await wasend.groups.setSubject({ subject: "x" });
}

export function outcome(error: unknown): "not_sent" | "rejected" | "unknown" | "accepted" | undefined {
  return isWasendError(error) ? error.outcome : undefined;
}
`;

describe.each([
  ["node16", "module"],
  ["node16", "commonjs"],
  ["nodenext", "module"],
  ["bundler", "module"],
])("moduleResolution %s, type %s", (resolution, type) => {
  it("compiles what works, refuses what cannot, and needs no skipLibCheck", () => {
    const project = join(folder, `${resolution}-${type}`);
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, "package.json"), JSON.stringify({ type }));
    writeFileSync(join(project, "index.ts"), program);
    const compilerOptions = {
      module: resolution === "bundler" ? "esnext" : resolution,
      moduleResolution: resolution,
      target: "es2022",
      lib: ["es2022", "dom"],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    expect(run("node", [join(root, "node_modules/typescript/bin/tsc"), "-p", project], project)).toBe("");
  });
});
