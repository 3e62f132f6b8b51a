import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { carefulPace } from "../../src/bulk/careful-pace.js";
import { prose, read, root, tableRows } from "./markdown.js";

/** A figure of the sources, and every place of the pages that quotes it. */
interface Figure {
  file: string;
  constant: string;
  quoted: [page: string, ...patterns: RegExp[]][];
}

const figures: Figure[] = [
  {
    file: "src/http/caller.ts",
    constant: "TIMEOUT_MS",
    quoted: [
      ["README.md", /^\| `timeout` \| ([\d,]+) ms/m],
      ["docs/migrating-from-wasend-core.md", /\| ([\d,]+) ms for one attempt/],
    ],
  },
  {
    file: "src/http/caller.ts",
    constant: "DEADLINE_MS",
    quoted: [
      ["README.md", /^\| `deadline` \| ([\d,]+) ms/m],
      ["docs/migrating-from-wasend-core.md", /([\d,]+) ms for the call/],
    ],
  },
  {
    file: "src/http/caller.ts",
    constant: "MEDIA_TIMEOUT_MS",
    quoted: [
      ["README.md", /^\| `timeout` \|[^|]*\| ([\d,]+) ms/m],
      ["docs/messages.md", /The timeout is then ([\d,]+) ms/],
    ],
  },
  {
    file: "src/http/caller.ts",
    constant: "MEDIA_DEADLINE_MS",
    quoted: [
      ["README.md", /^\| `deadline` \|[^|]*\| ([\d,]+) ms/m],
      ["docs/messages.md", /the deadline ([\d,]+) ms/],
    ],
  },
  {
    file: "src/http/caller.ts",
    constant: "MAX_RETRIES",
    quoted: [
      ["README.md", /^\| `maxRetries` \| (\d+) \|/m, /^\| `maxRetries` \|[^|]*\| (\d+) \|/m],
      ["docs/migrating-from-wasend-core.md", /up to (\d+), never of a send/],
    ],
  },
  {
    file: "src/http/retry.ts",
    constant: "FIRST_BACK_OFF_MS",
    quoted: [["README.md", /a bound that starts at ([\d,]+) ms/]],
  },
  {
    file: "src/http/retry.ts",
    constant: "LONGEST_BACK_OFF_MS",
    quoted: [["README.md", /doubles, and ends at ([\d,]+) ms/]],
  },
  {
    file: "src/http/call.ts",
    constant: "DEFAULT_HOLD_MS",
    quoted: [["docs/rate-limits.md", /or ([\d,]+) ms when there is no repeat/]],
  },
  {
    file: "src/http/lane.ts",
    constant: "RECOVERY_GAP_MS",
    quoted: [["docs/rate-limits.md", /leave one by one, ([\d,]+) ms apart/]],
  },
  {
    file: "src/http/node-transport.ts",
    constant: "CONNECT_TIMEOUT_MS",
    quoted: [
      ["docs/edge-and-serverless.md", /Connect timeout of ([\d,]+) ms/],
      ["docs/proxies-and-keep-alive.md", /has not taken a connection after ([\d,]+) ms/],
    ],
  },
  {
    file: "src/http/node-transport.ts",
    constant: "TRUSTED_IDLE_MS",
    quoted: [
      ["docs/edge-and-serverless.md", /idle for at most ([\d,]+) ms/],
      ["docs/proxies-and-keep-alive.md", /idle for at most ([\d,]+) ms/, /the limit of ([\d,]+) ms/],
    ],
  },
  {
    file: "src/resources/wait-until-ready.ts",
    constant: "POLL_MS",
    quoted: [["docs/numbers.md", /looks every ([\d,]+) ms/]],
  },
  {
    file: "src/resources/wait-until-ready.ts",
    constant: "DEADLINE_MS",
    quoted: [["docs/numbers.md", /deadline passed \(([\d,]+) ms/]],
  },
  {
    file: "src/resources/send-with-typing.ts",
    constant: "MS_PER_CHARACTER",
    quoted: [["docs/messages.md", /([\d,]+) ms for each character/]],
  },
  {
    file: "src/resources/send-with-typing.ts",
    constant: "MIN_TYPING_MS",
    quoted: [["docs/messages.md", /`minTypingMs` \(([\d,]+)\)/]],
  },
  {
    file: "src/resources/send-with-typing.ts",
    constant: "MAX_TYPING_MS",
    quoted: [["docs/messages.md", /`maxTypingMs` \(([\d,]+)\)/]],
  },
  {
    file: "src/resources/send-with-typing.ts",
    constant: "STEP_TIMEOUT_MS",
    quoted: [["docs/messages.md", /step has at most ([\d,]+) ms/]],
  },
  {
    file: "src/resources/chats.ts",
    constant: "MESSAGE_LIMIT",
    quoted: [["docs/messages.md", /`limit` is (\d+) unless/, /names (\d+) as the most/]],
  },
  {
    file: "src/bulk/setup.ts",
    constant: "FAILURES_BEFORE_PAUSE",
    quoted: [["docs/bulk.md", /`failuresBeforePause` \((\d+), ours\)/]],
  },
  {
    file: "src/contract/groups.ts",
    constant: "LONGEST_NAME",
    quoted: [["docs/groups.md", /at most (\d+) characters/]],
  },
];

/** A page with each paragraph on one line, and each row of a table on its own. */
const unwrapped = (page: string): string => prose(page).replace(/\n(?![|\n]) */g, " ");

it.each(figures)("quotes $constant of $file as it is", ({ file, constant, quoted }) => {
  const value = new RegExp(`^(?:export )?const ${constant}(?::[^=]+)? = ([\\d_]+)`, "m").exec(
    read(file),
  )?.[1];
  expect(value, `${constant} in ${file}`).toBeDefined();
  for (const [page, ...patterns] of quoted) {
    for (const pattern of patterns) {
      const found = pattern.exec(unwrapped(page))?.[1];
      expect(found?.replaceAll(",", ""), `${pattern} in ${page}`).toBe(value?.replaceAll("_", ""));
    }
  }
});

it("quotes the emulator's defaults as they are", () => {
  const options = read("src/emulator/options.ts");
  for (const name of ["dialect", "apiKey", "statusWords", "stepMs", "qrMs"]) {
    const value = new RegExp(`${name}: options\\.${name} \\?\\? (.+),$`, "m")
      .exec(options)?.[1]
      ?.replaceAll("_", "");
    const row = new RegExp(`^\\| \`${name}\` \\| (.+?) \\|`, "m").exec(read("docs/testing.md"))?.[1];
    expect(row?.replace(/[`,]/g, ""), name).toBe(value);
  }
});

it("quotes the careful pace as it is", () => {
  const rows = new Map(tableRows("docs/bulk.md").map(([name = "", figure = ""]) => [name, figure]));
  const { gapMs, perHour, warmUp, warmUpStepMs, perDay, newChatsPerDay, perRecipientMs } = carefulPace;
  const figures: Record<string, (number | undefined)[]> = {
    gapMs: [gapMs!.min / 1_000, gapMs!.max / 1_000],
    perHour: [perHour],
    warmUp: [...warmUp!],
    warmUpStepMs: [warmUpStepMs! / 86_400_000],
    perDay: [perDay],
    newChatsPerDay: [newChatsPerDay],
    perRecipientMs: [perRecipientMs! / 1_000],
  };
  expect(Object.keys(figures).sort()).toEqual(Object.keys(carefulPace).sort());
  for (const [name, expected] of Object.entries(figures)) {
    expect(rows.get(`\`${name}\``)?.match(/\d+/g)?.map(Number), name).toEqual(expected);
  }
});

it("quotes how long numbers rest as it is", () => {
  const of = (name: string) => {
    const product = new RegExp(`const ${name} = ([\\d_]+)(?: \\* ([\\d_]+))?;`).exec(
      read("src/bulk/lane-rest.ts"),
    );
    return Number(product?.[1]?.replaceAll("_", "")) * Number(product?.[2]?.replaceAll("_", "") ?? 1);
  };
  const page = prose("docs/bulk.md");
  const [, first, longest] = /else (\d+) s, doubled up to (\d+) s/.exec(page) ?? [];
  expect([of("FIRST_WAIT_MS"), of("LONGEST_WAIT_MS")]).toEqual([
    Number(first) * 1_000,
    Number(longest) * 1_000,
  ]);
  const [, lock, longestLock] = /(\d+) h, doubled up to (\d+) h/.exec(page) ?? [];
  expect([of("FIRST_LOCK_MS"), of("LONGEST_LOCK_MS")]).toEqual([
    Number(lock) * 3_600_000,
    Number(longestLock) * 3_600_000,
  ]);
});

it("counts the operations as they are", () => {
  const contract = readdirSync(`${root}src/contract`).map((name) => read(`src/contract/${name}`));
  const operations = contract.join("").match(/^export const \w+ = (?:listOperation|operation)\(\{/gm) ?? [];
  const quoted = /all (\d+) published operations/.exec(read("CHANGELOG.md"))?.[1];
  expect(Number(quoted)).toBe(operations.length);
});

it("names the Node.js that package.json asks for", () => {
  const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${/^\| Node\.js \| ([\d.]+) or later/m.exec(read("README.md"))?.[1]}`);
});
