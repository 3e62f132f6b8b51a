import { existsSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as sdk from "@wasend/sdk";
import { isWasendError, Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";
import { describe, expect, it } from "vitest";
import { anchors, pages, prose, read, root, tableRows } from "./markdown.js";

const client = new Wasend({ apiKey: "key", session: "sess_1" }) as unknown as Record<string, object>;
const resources = Object.keys(client);

/** Inside a code span: a constant's name, a method's, a class's. */
const spans = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? "");

describe.each(pages())("%s", (file) => {
  it("links to files and headings that are there", () => {
    const links = [...prose(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? "");
    for (const link of links.filter((one) => !/^[a-z]+:/.test(one))) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : relative(root, join(root, dirname(file), path));
      expect(existsSync(root + target), `${link} in ${file}`).toBe(true);
      if (anchor !== undefined) expect(anchors(target), `${link} in ${file}`).toContain(anchor);
    }
  });

  it("names methods that there are", () => {
    for (const span of spans(prose(file))) {
      const [, resource = "", method = ""] = /^(?:wasend\.)?(\w+)\.(\w+)\b/.exec(span) ?? [];
      if (resources.includes(resource)) expect(client[resource], span).toHaveProperty(method);
    }
  });

  it("names commands that there are", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const commands = [...read(file).matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name);
    for (const name of commands) expect(scripts).toHaveProperty([name ?? ""]);
  });

  it("names errors that there are", () => {
    const errors = spans(prose(file)).filter((span) => /^[A-Z]\w+Error$/.test(span) && span !== "RangeError");
    for (const name of errors) expect(sdk, name).toHaveProperty(name);
  });
});

describe("docs/errors.md", () => {
  const rows = tableRows("docs/errors.md");
  const bare = (cell = "") => cell.replaceAll("`", "");
  const answers = rows.filter(([status = ""]) => /^\d{3}$/.test(status));

  it("has a row for each status that matters", () => {
    expect(answers.length).toBeGreaterThanOrEqual(15);
  });

  it.each(answers)("tells the truth about %s", async (status, kind, outcome, again) => {
    const emulator = createEmulator();
    const server = await emulator.listen();
    const wasend = new Wasend({ apiKey: emulator.apiKey, session: emulator.session, baseUrl: server.url });
    emulator.faults.next({ status: Number(status), headers: { "retry-after-ms": "1" } });
    const call = wasend.messages.sendText({ to: "+14155550123", text: "hi" });
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    await server.close();
    const isRepeated = again !== "no";
    expect(emulator.requests).toHaveLength(isRepeated ? 2 : 1);
    if (isRepeated) {
      expect(error).toBeUndefined();
      emulator.reset();
      emulator.faults.next({ status: Number(status) });
      const once = new Wasend({
        apiKey: emulator.apiKey,
        session: emulator.session,
        fetch: emulator.fetch,
        maxRetries: 0,
      });
      await expect(once.messages.sendText({ to: "+14155550123", text: "hi" })).rejects.toMatchObject({
        name: bare(kind),
        outcome: bare(outcome),
      });
    } else {
      expect(isWasendError(error)).toBe(true);
      expect(error).toMatchObject({ name: bare(kind), outcome: bare(outcome) });
    }
  });

  it("lists every code with its class", () => {
    const listed = Object.fromEntries(
      rows.flatMap(([code, kind]) =>
        /^`[a-z_]+`$/.test(code ?? "") && !/,/.test(kind ?? "") && /Error`$/.test(kind ?? "")
          ? [[bare(code), bare(kind)]]
          : [],
      ),
    );
    const declared = /export type ErrorCode =([^;]+);/.exec(read("src/errors/wasend-error.ts"))?.[1] ?? "";
    const codes = [...declared.matchAll(/"(\w+)"/g)].map(([, code]) => code ?? "");
    expect(Object.keys(listed)).toEqual(codes.filter((code) => !code.startsWith("webhook_")));
    for (const [code, kind] of Object.entries(listed)) {
      expect(
        kind
          .replace(/Error$/, "")
          .replace("RateLimit", "rate_limited")
          .toLowerCase()
          .replaceAll("_", ""),
      ).toBe(code.replace(/_error$/, "").replaceAll("_", ""));
    }
  });
});

describe("docs/migrating-from-wasend-core.md", () => {
  const rows = tableRows("docs/migrating-from-wasend-core.md").filter(([old = ""]) =>
    /^`\w+\(.*\)`$/.test(old),
  );

  it("has all 56 methods of the old client, once each", () => {
    const names = rows.map(([old = ""]) => /^`(\w+)/.exec(old)?.[1]);
    expect(new Set(names).size).toBe(56);
    expect(rows).toHaveLength(56);
  });

  it("leads to a method of the client in every row but one", () => {
    const missing = rows.filter(([, call = ""]) => {
      const [, resource = "", method = ""] = /^`(\w+)\.(\w+)\(/.exec(call) ?? [];
      return typeof (client[resource] as Record<string, unknown> | undefined)?.[method] !== "function";
    });
    expect(missing.map(([old]) => old)).toEqual(["`retrieveConfig()`"]);
  });
});
