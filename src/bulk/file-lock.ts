import { link, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { ConfigurationError } from "../errors/index.js";
import { PRIVATE } from "./file-lines.js";

/** Who has a lock. */
interface Holder {
  pid: number;
  host: string;
  token: string;
}

const BEAT_MS = 5_000;
/** A holder that did not show itself for so long is gone. */
const GONE_MS = 60_000;
/** A holder whose own beat was late for so long looks whether it still is the holder. */
const LATE_MS = 20_000;
/** What is done while a lock is taken over takes a few milliseconds; this long means that it was broken off. */
const TAKEOVER_MS = 10_000;

/** The locks of this process: a restarted container may have the process id that its predecessor had. */
const held = new Set<string>();

/** A lock file (pid, host, heartbeat) that keeps a second process away, and gives way when its holder died. */
export class FileLock {
  readonly #path: string;
  readonly #token: string;
  readonly #timer: ReturnType<typeof setInterval>;
  #seen = Date.now();

  private constructor(path: string, token: string) {
    this.#path = path;
    this.#token = token;
    held.add(token);
    this.#timer = setInterval(() => void this.#beat(), BEAT_MS);
    this.#timer.unref();
  }

  /** @throws {@link ConfigurationError} when somebody alive has it. */
  static async take(path: string): Promise<FileLock> {
    const holder: Holder = { pid: process.pid, host: hostname(), token: crypto.randomUUID() };
    if (await create(path, holder)) return new FileLock(path, holder.token);
    await staleLock(path);
    const takeover = `${path}.takeover`;
    if (!(await create(takeover, holder))) {
      if ((await ageOf(takeover)) > TAKEOVER_MS) await rm(takeover, { force: true });
      throw inUse(path, "another process, which is taking it over");
    }
    try {
      // Looked at again: whoever took it over before us is alive.
      const stale = await staleLock(path);
      // Only what was found stale is removed: where it was given back since, somebody else may have it by now.
      if (stale !== undefined && (await holderOf(path))?.token === stale.token)
        await rm(path, { force: true });
      if (!(await create(path, holder))) throw inUse(path, "another process");
      return new FileLock(path, holder.token);
    } finally {
      await rm(takeover, { force: true });
    }
  }

  /** Throws when the lock was lost, as after a sleep of this machine. */
  async check(): Promise<void> {
    if (Date.now() - this.#seen < LATE_MS) return;
    if ((await holderOf(this.#path))?.token !== this.#token)
      throw inUse(this.#path, "another process, which took it over while this one stood still");
    await this.#beat();
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    held.delete(this.#token);
    if ((await holderOf(this.#path))?.token === this.#token) await rm(this.#path, { force: true });
  }

  async #beat(): Promise<void> {
    if (Date.now() - this.#seen >= LATE_MS && (await holderOf(this.#path))?.token !== this.#token) return;
    const now = new Date();
    await utimes(this.#path, now, now).then(
      () => {
        this.#seen = now.getTime();
      },
      // `check` will find out.
      () => {},
    );
  }
}

/** Whether the file was made. It comes to be with its content, so that a kill never leaves a lock that names nobody. */
async function create(path: string, holder: Holder): Promise<boolean> {
  const draft = `${path}.${holder.token}`;
  const text = JSON.stringify(holder);
  try {
    await writeFile(draft, text, { flag: "wx", mode: PRIVATE });
    await link(draft, path).catch((error: unknown) => {
      if (codeOf(error) === "EEXIST") throw error;
      // A file system without links.
      return writeFile(path, text, { flag: "wx", mode: PRIVATE });
    });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

async function ageOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? Number.POSITIVE_INFINITY : Date.now() - found.mtimeMs;
}

/** The lock of somebody who is gone; `undefined` when there is none any more. Throws when its holder is alive. */
async function staleLock(path: string): Promise<{ token: string | undefined } | undefined> {
  const [holder, age] = [await holderOf(path), await ageOf(path)];
  if (age === Number.POSITIVE_INFINITY) return undefined;
  if (age > GONE_MS) return { token: holder?.token };
  // Half written, by a process that may be at it.
  if (holder === undefined) {
    if (age > TAKEOVER_MS) return { token: undefined };
    throw inUse(path, "another process, which has just begun");
  }
  const { pid, host, token } = holder;
  const isHere = host === hostname();
  const isDead = isHere && (pid === process.pid ? !held.has(token) : !isRunning(pid));
  if (!isDead) throw inUse(path, isHere ? `process ${pid}` : `process ${pid} on ${host}`);
  return { token };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function inUse(path: string, who: string): ConfigurationError {
  return new ConfigurationError(
    `This journal is in use by ${who} (${path}). Wait until it has ended; a lock without a sign of life for ${GONE_MS / 1_000} s is taken over.`,
  );
}
