import type { Fault } from "@wasend/sdk/emulator";
import { people, received, seeded, world } from "./campaign-support.js";

const FAULTS: Fault[] = [
  { reset: "before" },
  { reset: "after" },
  { status: 429, retryAfter: 0 },
  { status: 500, effect: "after" },
  { cutBody: true },
];

/** What a campaign made of a server that fails every tenth time. */
export interface FaultyResult {
  report: Record<string, number>;
  /** Phones that met a fault which leaves a doubt. */
  uncertain: number;
  mostPerPhone: number;
  /** Phones whose outcome is not what the faults they met say. */
  wrong: string[];
  /** Outcomes that came a second time. */
  repeated: number;
  received: number;
  /** Rows that are sent after `reconcile()`. */
  sentInTheEnd: number;
}

export async function faultyRun(rows: number): Promise<FaultyResult> {
  const { campaign: make, wasend, emulator } = world();
  const sessions = [emulator.session];
  for (let number = 1; number < 8; number += 1) {
    const phoneNumber = `+1415777${1_000 + number}`;
    const { session } = await wasend.numbers.create({ sessionName: `n${number}`, phoneNumber });
    emulator.setState(session, "ready");
    sessions.push(session);
  }
  const recipients = [...people(rows), { to: "12", name: "no number" }];
  const campaign = make({ recipients, sessions, concurrency: 1 });
  const random = seeded(11);
  const uncertain = new Set<string>();
  const { take } = emulator.faults;
  // By request, so that the phone which meets a fault is known.
  emulator.faults.take = (method, path, template) => {
    if (random() >= 0.1) return take.call(emulator.faults, method, path, template);
    const fault = FAULTS[Math.floor(random() * FAULTS.length)]!;
    const { to } = emulator.requests.at(-1)!.body as { to?: string } & object;
    if (to !== undefined && fault.status !== 429) uncertain.add(to);
    return fault;
  };
  const statuses = new Map<string, string>();
  let repeated = 0;
  for await (const { to, status } of campaign.run()) {
    if (statuses.has(to)) repeated += 1;
    statuses.set(to, status);
  }
  emulator.faults.take = take;
  const report = { ...campaign.report() };
  const counts = received(emulator);
  const wrong = people(rows)
    .map(({ to }) => String(to))
    .filter((to) => {
      const isUncertain = uncertain.has(to);
      return (
        statuses.get(to) !== (isUncertain ? "unknown" : "sent") || (!isUncertain && counts.get(to) !== 1)
      );
    });
  await campaign.reconcile();
  return {
    report,
    uncertain: uncertain.size,
    mostPerPhone: Math.max(...counts.values()),
    wrong,
    repeated,
    received: counts.size,
    sentInTheEnd: campaign.report().sent,
  };
}
