/** A process that uses a store until it is killed: prints each thing that is safe, as the store promised it. */
import { fileContactLists } from "../../src/bulk/lists/file-contact-lists.js";
import { fileSuppressions } from "../../src/bulk/suppressions/file-suppressions.js";

const [what, path, first] = process.argv.slice(2) as [string, string, string];
const say = (line: string) => process.stdout.write(`${line}\n`);

if (what === "lists") {
  const lists = fileContactLists(path);
  await lists.create("all");
  for (let i = Number(first); ; i++) {
    const contacts = Array.from({ length: 20 }, (_, n) => ({
      to: `+${i * 20 + n}`,
      fields: { text: "x".repeat(300) },
    }));
    await lists.add("all", contacts);
    if (i % 7 === 0) await lists.forget(`+${i * 20}`);
    say(String(i));
  }
} else {
  const suppressions = fileSuppressions(path);
  for (let i = 0; i < 50; i++) {
    await suppressions.add(`+${Number(first) + i}`);
    if (i % 25 === 24) await suppressions.forget(`+${Number(first) + i - 1}`);
    say(String(i));
  }
}
