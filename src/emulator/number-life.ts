import type { NumberRecord, NumberState } from "./records.js";
import type { World } from "./world.js";

/** How many steps an unseen QR code waits before somebody scans it all the same. */
const UNSEEN_QR_STEPS = 10;

/** The one way into a state. Unless held there, the number moves on when its step is over. */
export function enter(world: World, number: NumberRecord, state: NumberState, held = false): void {
  world.timers.cancel(number.session);
  number.state = state;
  number.held = held;
  number.updatedAt = world.now();
  if (state === "ready") number.paired = true;
  if (state === "scan_qr") newQr(world, number);
  world.emit({ kind: "state", number });
  if (!held) scheduleNext(world, number);
}

function scheduleNext(world: World, number: NumberRecord): void {
  const { stepMs, numbers } = world.settings;
  const auto = numbers === "auto";
  const later = (steps: number, next: NumberState) =>
    world.timers.set(number.session, steps * stepMs, () => enter(world, number, next));
  if (number.state === "created" && auto) later(1, "starting");
  if (number.state === "starting") later(1, number.paired ? "ready" : "scan_qr");
  if (number.state === "scan_qr" && auto) later(UNSEEN_QR_STEPS, "ready");
}

/** Starts it, unless it is already on its way or there. */
export function start(world: World, number: NumberRecord): void {
  if (["created", "stopped", "failed"].includes(number.state)) enter(world, number, "starting");
}

function newQr(world: World, number: NumberRecord): void {
  number.qr = { data: world.ids.qr(), issuedAt: world.now(), seen: false };
}

/** A renewed code is told as the state that the number is in already. */
export function renewQr(world: World, number: NumberRecord): void {
  newQr(world, number);
  if (number.state === "scan_qr") world.emit({ kind: "state", number });
}

/** The code on the screen. In auto mode, showing it is what gets it scanned one step later. */
export function showQr(world: World, number: NumberRecord): string {
  const { qrMs, stepMs, numbers } = world.settings;
  if (world.now() - number.qr.issuedAt >= qrMs) renewQr(world, number);
  // Only the first look sets the clock: a fast poller would put the scan off for ever.
  if (numbers === "auto" && !number.held && !number.qr.seen) {
    number.qr.seen = true;
    world.timers.set(number.session, stepMs, () => enter(world, number, "ready"));
  }
  return number.qr.data;
}
