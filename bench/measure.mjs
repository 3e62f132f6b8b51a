import { spawnSync } from "node:child_process";

/** Runs `calls` calls of `one`, so many at once, and gives user CPU and wall time per call in microseconds. */
export async function round(one, calls, atOnce) {
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  const cpu = process.cpuUsage();
  const started = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const wall = (performance.now() - started) * 1000;
  return { cpu: process.cpuUsage(cpu).user / calls, wall: wall / calls };
}

/** Median and quartiles. */
export function quartiles(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { low: at(0.25), median: at(0.5), high: at(0.75) };
}

/** `0.31 [0.29 0.33]` */
export function text({ low, median, high }, digits = 2) {
  return `${median.toFixed(digits)} [${low.toFixed(digits)} ${high.toFixed(digits)}]`;
}

/**
 * Runs every contender in every round, each round in another order, and compares it with the first one of the same
 * round: what else the machine does in that moment hits both.
 */
export async function compare(contenders, { rounds, calls, atOnce }) {
  const names = Object.keys(contenders);
  const results = Object.fromEntries(names.map((name) => [name, { cpu: [], wall: [], us: [] }]));
  for (const one of Object.values(contenders)) await round(one, Math.ceil(calls / 4), atOnce);
  for (let turn = 0; turn < rounds; turn += 1) {
    const order = names.map((_, index) => names[(index + turn) % names.length]);
    const measured = {};
    for (const name of order) measured[name] = await round(contenders[name], calls, atOnce);
    const base = measured[names[0]];
    for (const name of names) {
      results[name].cpu.push(measured[name].cpu / base.cpu);
      results[name].wall.push(base.wall / measured[name].wall);
      results[name].us.push(measured[name].cpu);
    }
  }
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        cpu: quartiles(results[name].cpu),
        perSecond: quartiles(results[name].wall),
        us: quartiles(results[name].us),
      },
    ]),
  );
}

/** Wall time of whole processes, in milliseconds; interleaved, so that both see the same machine. */
export function processTimes(programs, runs, cwd) {
  const times = Object.fromEntries(Object.keys(programs).map((name) => [name, []]));
  for (let turn = 0; turn < runs; turn += 1) {
    for (const [name, args] of Object.entries(programs)) {
      const started = performance.now();
      const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
      if (status !== 0) throw new Error(stderr);
      times[name].push(performance.now() - started);
    }
  }
  return times;
}
