import { operation } from "./operation.js";
import { defined, entity, text } from "./read.js";

/** The account that the key belongs to; the endpoint is unproven, so every field may be missing. */
export interface Account {
  id?: string;
  name?: string;
  plan?: string;
}

export const getAccount = operation({
  id: "account.get",
  method: "GET",
  path: "/account",
  retry: "always",
  source: "unproven",
  expects: "an account",
  reply: (json): Account | undefined => {
    const account = entity(json, "account");
    return (
      account &&
      defined({ ...account, id: text(account.id), name: text(account.name), plan: text(account.plan) })
    );
  },
});
