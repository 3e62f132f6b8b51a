import { constants, createReadStream } from "node:fs";
import { access, type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ConfigurationError } from "../errors/index.js";

/** Only the user that runs the campaign may read it: it holds people's numbers. */
export const PRIVATE = 0o600;

/** Whether there is such a file. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The JSON lines of a file; none when there is no file. A last line without its line break was cut off by a crash, and
 * is left out.
 *
 * @throws {@link ConfigurationError} for any other line that is no JSON.
 */
export async function* readLines<T>(path: string): AsyncGenerator<T, void, undefined> {
  let rest = "";
  let count = 0;
  try {
    for await (const chunk of createReadStream(path, { encoding: "utf8" }) as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield parse<T>(line, path, ++count);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

function parse<T>(line: string, path: string, place: number): T {
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new ConfigurationError(
      `Line ${place} of ${path} is damaged. Restore the file; do not send from it.`,
    );
  }
}

/** Writes a whole file of JSON lines in the place of another, or leaves that as it is. */
export async function writeLines(path: string, lines: AsyncIterable<object>): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  const file = await open(draft, "w", PRIVATE);
  try {
    let batch = "";
    for await (const line of lines) {
      batch += `${JSON.stringify(line)}\n`;
      if (batch.length < 1 << 16) continue;
      await file.appendFile(batch);
      batch = "";
    }
    await file.appendFile(batch);
    await file.datasync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(path);
}

/** Opens a file for further lines; what a crash cut off at its end is cut away. */
export async function openLines(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_APPEND, PRIVATE);
  try {
    const { size } = await file.stat();
    const whole = await endOfLastLine(file, size);
    if (whole < size) await file.truncate(whole);
    if (size === 0) await syncFolder(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function endOfLastLine(file: FileHandle, size: number): Promise<number> {
  const chunk = Buffer.alloc(1 << 16);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await file.read(chunk, 0, end - start, start);
    const at = chunk.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (at !== -1) return start + at + 1;
    end = start;
  }
  return 0;
}

/** A new file's name is not safe before its folder is. Some systems cannot do it, and need not. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
