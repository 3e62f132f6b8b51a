import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { endpointsPage } from "../../scripts/endpoints-page.js";

it("docs/endpoints.md says what the contract says", () => {
  const hint = "run `npm run docs:endpoints`";
  expect(readFileSync("docs/endpoints.md", "utf8"), hint).toBe(endpointsPage());
});
