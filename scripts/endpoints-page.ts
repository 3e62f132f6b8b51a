// Writes docs/endpoints.md from the contract, so that the page cannot say what the code does not do: `npm run docs:endpoints`.
import { writeFileSync } from "node:fs";
import { operations } from "../src/contract/index.js";
import type { Operation } from "../src/contract/operation.js";

const SOURCES = {
  both: "client and reference",
  sdk: "client",
  docs: "reference",
  unproven: "client, doubtful",
} as const;

const RETRIES = { always: "yes", "unsent-only": "only if it was not sent" } as const;

function row({ id, method, path, retry, source, page }: Operation): string {
  const reference = page === undefined ? "" : `[${page.slice("/docs/".length)}](https://wasend.dev${page})`;
  return `| \`${id}\` | \`${method} ${path}\` | ${RETRIES[retry]} | ${SOURCES[source]} | ${reference} |`;
}

function section(title: string, members: readonly Operation[]): string {
  const head =
    "| Call | Endpoint | Repeated after an unknown outcome | Attested by | Reference page |\n| --- | --- | --- | --- | --- |";
  return `## ${title}\n\n${head}\n${members.map(row).join("\n")}\n`;
}

/** The page's text. */
export function endpointsPage(): string {
  const titles = [...new Set(operations.map(({ id }) => id.split(".")[0] as string))];
  const sections = titles.map((title) =>
    section(
      title,
      operations.filter(({ id }) => id.startsWith(`${title}.`)).sort((a, b) => a.id.localeCompare(b.id)),
    ),
  );
  const count = (source: keyof typeof SOURCES) =>
    operations.filter((operation) => operation.source === source).length;
  return `# Endpoints and who attests them

<!-- Made by \`npm run docs:endpoints\` from src/contract. Change the contract, not this page. -->

WASend's live service was never asked while this SDK was written: what it does is taken from public descriptions. Of its
${operations.length} operations ${count("both")} stand both in the vendor's older client and in the published reference, ${count("sdk")} in the client
alone, ${count("docs")} in the reference alone, and ${count("unproven")} are doubtful: they date from the client's first version and no page describes
them. Where client and reference spell an endpoint in two ways, this is the one that the engine underneath agrees with.

${sections.join("\n")}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync("docs/endpoints.md", endpointsPage());
