import { memoryContactLists } from "@wasend/sdk";
import { expect, test } from "vitest";
import { type CampaignRecipient, ROW } from "../../src/bulk/types.js";
import { finish, people, phone, received, world } from "./campaign-support.js";

const fail = (): never => {
  throw new Error("no access to +14155550123");
};
const revoked = (): CampaignRecipient => {
  const { proxy, revoke } = Proxy.revocable({ to: phone(7) }, {});
  revoke();
  return proxy;
};
const BAD: Record<string, () => CampaignRecipient> = {
  to: () => ({
    get to() {
      return fail();
    },
  }),
  "a field of the template": () => ({
    to: phone(7),
    get name() {
      return fail();
    },
  }),
  "a chatId": () => ({
    to: {
      get chatId() {
        return fail();
      },
    },
  }),
  ROW: () => ({
    to: phone(7),
    get [ROW]() {
      return fail();
    },
  }),
  everything: revoked,
};

test.each(Object.keys(BAD))("a row that throws when it is asked for %s costs that row only", async (what) => {
  const [first, last] = people(2);
  const { campaign, emulator } = world();
  const made = campaign({ recipients: [first!, BAD[what]!(), last!] });
  const { ready, skipped } = await made.plan();
  expect(ready).toBe(2);
  expect(skipped).toMatchObject([{ row: 2, detail: expect.any(String) }]);
  expect(skipped[0]?.detail).not.toContain("4155550123");
  expect((await finish(made as never)).map(({ status }) => status).sort()).toEqual([
    "sent",
    "sent",
    "skipped",
  ]);
  expect(received(emulator).size).toBe(2);

  const lists = memoryContactLists();
  await lists.create("all");
  const report = await lists.import("all", [first!, BAD[what]!(), last!]);
  expect(report).toMatchObject({ rows: 3, added: 2, skipped: [{ row: 2 }] });
});

test("an isNewChat that throws costs its row only, with a reason, and nobody is a duplicate of that row", async () => {
  const recipients = [...people(2), { to: phone(1), name: "again" }];
  const isNewChat = ({ name }: { name: string }) => name === "P1" && fail();
  const { ready, skipped } = await world().campaign({ recipients, isNewChat }).plan();
  expect(ready).toBe(2);
  expect(skipped).toMatchObject(
    [{ row: 1, reason: "invalid_row", detail: /isNewChat threw: .*…0123/ }].map((row) => ({
      ...row,
      detail: expect.stringMatching(row.detail),
    })),
  );
});

test.each<[string, () => unknown, string]>([
  [
    "throws what has no words",
    () => {
      throw Object.create(null);
    },
    "template_error",
  ],
  [
    "gives a field that throws",
    () => ({
      get text() {
        return fail();
      },
    }),
    "invalid_message",
  ],
  ["gives a list", () => ["text"], "invalid_message"],
])("a message function that %s costs its row only", async (_name, bad, reason) => {
  const message = ({ name }: { name: string }) => (name === "P2" ? bad() : { text: "x" }) as { text: string };
  const { ready, skipped } = await world()
    .campaign({ recipients: people(3), message })
    .plan();
  expect(ready).toBe(2);
  expect(skipped).toMatchObject([{ row: 2, reason }]);
});

test("a message function that gives the same object again and again sends everybody their own", async () => {
  const shared = { text: "", preview: { title: "" } };
  const message = ({ name }: { name: string }) => {
    shared.text = `text ${name}`;
    shared.preview.title = `title ${name}`;
    return shared;
  };
  const { campaign, emulator } = world();
  await finish(campaign({ recipients: people(6), message, concurrency: 4, checkExists: true }) as never);
  const sent = emulator.requests
    .map(({ body }) => body as { text?: string; preview?: { title: string } })
    .filter((body) => body?.text !== undefined);
  expect(sent).toHaveLength(6);
  for (const { text, preview } of sent) expect(preview?.title).toBe(text?.replace("text", "title"));
});

test("what is planned and sent is what the function's message was when it was looked at", async () => {
  const message = () => {
    let times = 0;
    return {
      get text() {
        times += 1;
        return times > 1 ? "x".repeat(5_000) : "hi";
      },
    };
  };
  const { ready, samples } = await world()
    .campaign({ recipients: people(1), message })
    .plan();
  expect([ready, samples[0]?.text]).toEqual([1, "hi"]);
});
