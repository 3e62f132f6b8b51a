// All of it on one machine, without an account: an emulated WASend with two numbers, three workers and a watch. In the
// middle one worker is killed and one is asked to end; the third one, and one that is started anew, go on.
//   redis-server --port 6380 --appendonly yes &
//   REDIS_URL=redis://127.0.0.1:6380 npx tsx examples/bulk-bullmq/demo.ts
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Wasend } from "@wasend/sdk";
import { createEmulator } from "@wasend/sdk/emulator";

const emulator = createEmulator({ acks: "manual" });
const { url, close } = await emulator.listen();
const wasend = new Wasend({ apiKey: emulator.apiKey, baseUrl: url });
const second = await wasend.numbers.create({ sessionName: "second", phoneNumber: "+14155550101" });
emulator.setState(second.session, "ready");

const env = {
  ...process.env,
  WASEND_API_KEY: emulator.apiKey,
  WASEND_BASE_URL: url,
  WASEND_SESSION: emulator.session,
  SESSIONS: `${emulator.session},${second.session}`,
};
const start = (file: string): ChildProcess =>
  fork(new URL(file, import.meta.url), { execArgv: ["--import", "tsx"], env });
const end = (child: ChildProcess) => (child.exitCode ?? child.signalCode ?? once(child, "exit")) as unknown;

await end(start("./enqueue.ts"));
const workers = [1, 2, 3].map(() => start("./worker.ts"));
const watch = start("./watch.ts");
while (emulator.requests.length < 300) await new Promise((resolve) => setTimeout(resolve, 50));
workers[0]?.kill("SIGKILL");
workers[1]?.kill("SIGTERM");
workers.push(start("./worker.ts"));

await end(watch);
await Promise.all(workers.map(end));
const phones = new Set(emulator.messages.map(({ chatId }) => chatId)).size;
console.log(`${phones} phones were reached, with ${emulator.messages.length} messages`);
await close();
