import { randomBytes } from "node:crypto";
import { access, constants, link, mkdir, open, realpath, rename, unlink } from "node:fs/promises";
import { join, parse } from "node:path";
import type { MediaDownload } from "./media-download.js";
import { safeName } from "./safe-name.js";

/** Options of `saveTo`. */
export interface SaveOptions {
  /** The name to save under. It is made safe like every other. Default: the download's own. */
  fileName?: string | undefined;
  /** Whether a file of that name is replaced. Default: false; the new one gets a number. */
  overwrite?: boolean | undefined;
}

/** How many numbers are tried before a folder counts as full of files of that name. */
const MOST_COPIES = 10_000;

/**
 * Saves a file into a folder, which is made if need be, and gives the path. It is written under another name first:
 * under its own name there is the whole file or none. It never leaves the folder, whatever the sender called it, and
 * never replaces a file unless told to: a second `photo.jpg` becomes `photo (1).jpg`.
 *
 * @throws What reading the download throws; then nothing is left in the folder.
 *
 * @example
 * ```ts
 * import { saveTo } from "@wasend/sdk/node";
 *
 * const path = await saveTo(await wasend.media.download(event.message), "./inbox");
 * ```
 */
export async function saveTo(
  media: MediaDownload | Blob,
  folder: string,
  options: SaveOptions = {},
): Promise<string> {
  const home = await made(folder).catch(async (error: unknown) => {
    if (!(media instanceof Blob)) await media.cancel();
    throw error;
  });
  const name = safeName(options.fileName ?? nameOf(media));
  const temporary = join(home, `.wasend-${randomBytes(9).toString("hex")}.part`);
  try {
    await write(media, temporary);
    if (options.overwrite !== true) return await giveFreeName(temporary, home, name);
    const path = join(home, name);
    await rename(temporary, path);
    return path;
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}

function nameOf(media: MediaDownload | Blob): string {
  if (!(media instanceof Blob)) return media.fileName;
  return (media as Partial<File>).name ?? "file";
}

async function write(media: MediaDownload | Blob, path: string): Promise<void> {
  const file = await open(path, "wx", 0o644).catch(async (error: unknown) => {
    if (!(media instanceof Blob)) await media.cancel();
    throw error;
  });
  try {
    const pieces = media instanceof Blob ? (media.stream() as unknown as AsyncIterable<Uint8Array>) : media;
    for await (const piece of pieces) await file.writeFile(piece);
    // A name must not survive a power cut that its content does not.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A link fails where a name is taken, and a rename would replace it. */
async function giveFreeName(temporary: string, home: string, name: string): Promise<string> {
  const { name: base, ext } = parse(name);
  for (let copy = 0; copy < MOST_COPIES; copy += 1) {
    const path = join(home, copy === 0 ? name : `${base} (${copy})${ext}`);
    try {
      await link(temporary, path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      if (!NO_LINKS.has(code ?? "")) throw error;
      if (await exists(path)) continue;
      await rename(temporary, path);
      return path;
    }
    await unlink(temporary);
    return path;
  }
  throw new Error(`saveTo: the folder holds ${MOST_COPIES} files named like ${name}.`);
}

/** What file systems without links answer. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EACCES"]);

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
