import { ResponseFormatError } from "@wasend/sdk";
import { describe, expect, it } from "vitest";
import { client, type MockReply, mockServer } from "./mock-server.js";
import { rows } from "./rows/index.js";

const server = mockServer();

const isSend = (id: string) => /^messages\.send/.test(id);
const sends = rows.filter(({ id }) => isSend(id));
/** What has to be told apart from nothing: neither void nor content with anything. */
const telling = rows.filter(({ empty, id }) => empty === undefined && !isSend(id));

const failure = async (call: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(call).then(
    () => new Error("it did not fail"),
    (error: unknown) => error,
  );

describe.each(sends)("$id", (row) => {
  it.each<MockReply>([
    { json: {} },
    { json: null },
    { json: [] },
    { json: "sent" },
    { json: 5 },
    { json: { success: true } },
    { json: { success: true, data: null } },
    { json: { ...{ status: "sent" }, id: null } },
    { json: { id: "" } },
    { json: { id: {} } },
    { text: "<html>ok</html>" },
    { status: 202, text: "" },
    { status: 204, text: "" },
  ])("was accepted, but has no id, when the answer is %j: an error, never sent again", async (reply) => {
    server.answers(reply);
    const error = await failure(row.call(client({ maxRetries: 2 })));
    expect(error).toBeInstanceOf(ResponseFormatError);
    expect(error).toMatchObject({ outcome: "accepted", safeToResend: false, attempts: 1 });
    expect((error as Error).message).toContain("do not send it again");
    expect(server.seen).toHaveLength(1);
  });

  it("was refused when a 2xx says so", async () => {
    server.answers({ json: { success: false, error: "no such chat" } });
    const error = await failure(row.call(client({ maxRetries: 2 })));
    expect(error).toMatchObject({ outcome: "rejected", message: expect.stringContaining("no such chat") });
    expect(server.seen).toHaveLength(1);
  });
});

describe.each(telling)("$id", (row) => {
  it.each<MockReply>([
    { json: null },
    { json: [[]] },
    { json: 5 },
    { json: true },
    { text: "<html>ok</html>" },
  ])("does not take %j for an answer", async (reply) => {
    server.answers(reply);
    expect(await failure(row.call(client()))).toMatchObject({
      name: "ResponseFormatError",
      outcome: "accepted",
    });
  });
});

describe.each(rows.filter(({ method }) => method === "DELETE"))("$id", (row) => {
  it("is done when the second try finds nothing left", async () => {
    server.answers([
      { status: 502, headers: { "retry-after": "0" } },
      { status: 404, json: { message: "gone" } },
    ]);
    expect(await row.call(client({ maxRetries: 1 }))).toBeUndefined();
    expect(server.seen).toHaveLength(2);
  });

  it("fails when there was nothing from the start", async () => {
    server.answers({ status: 404, json: { message: "not there" } });
    expect(await failure(row.call(client({ maxRetries: 1 })))).toMatchObject({ name: "NotFoundError" });
    expect(server.seen).toHaveLength(1);
  });
});
