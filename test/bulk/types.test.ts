import { type CampaignOptions, memoryContactLists, type SuppressionList } from "@wasend/sdk";
import { expect, expectTypeOf, it } from "vitest";
import { world } from "./campaign-support.js";

interface Customer {
  to: string;
  firstName: string;
}
class Person implements Customer {
  constructor(
    readonly to: string,
    readonly firstName: string,
  ) {}
}
const customers: Customer[] = [new Person("+14155550123", "Ada")];

it("recipients of an interface or a class are recipients of a campaign", async () => {
  const { bulk } = world();
  const message = ({ firstName }: Customer) => ({ text: `Hi ${firstName}` });
  const options: CampaignOptions<Customer> = { name: "a", recipients: customers, message };
  expect((await bulk.campaign(options).plan()).samples[0]?.text).toBe("Hi Ada");
  const people = [new Person("+14155550123", "Ada")];
  const made = bulk.campaign({ name: "b", recipients: people, message: { text: "{{firstName}}" } });
  expect((await made.plan()).samples[0]?.text).toBe("Ada");
  // @ts-expect-error without a to there is nobody to write to
  bulk.campaign({ name: "c", recipients: [{ firstName: "Ada" }], message: { text: "Hi" } });
});

it("and of an import; what a list gives can be read by a message function", async () => {
  const lists = memoryContactLists();
  await lists.create("customers");
  expect(await lists.import("customers", customers)).toMatchObject({ added: 1 });
  const recipients = lists.recipients("customers");
  const { bulk } = world();
  const made = bulk.campaign({
    name: "a",
    recipients,
    message: ({ firstName }) => ({ text: `Hi ${firstName}` }),
  });
  const plan = await made.plan();
  expect(plan.samples[0]?.text).toBe("Hi Ada");
});

it("suppressions of a category fit a campaign", () => {
  expectTypeOf<SuppressionList>().toExtend<NonNullable<CampaignOptions["suppressions"]>>();
});
