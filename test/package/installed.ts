import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The repository's root. */
export const root = join(import.meta.dirname, "../..");

/** Runs a program and gives what it printed; throws with its output when it fails. */
export function run(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: "utf8",
      stdio: "pipe",
      env: { ...process.env, ...env },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")} failed\n${stdout ?? ""}\n${stderr ?? ""}`);
  }
}

let tarball: string | undefined;

/** Builds and packs the package once, and gives the tarball's path. */
export function pack(): string {
  if (tarball !== undefined) return tarball;
  const folder = mkdtempSync(join(tmpdir(), "wasend-pack-"));
  run("npm", ["run", "build", "--silent"], root);
  run("npm", ["pack", "--silent", "--pack-destination", folder], root);
  tarball = join(folder, readdirSync(folder)[0] as string);
  return tarball;
}

/** An empty project with the packed package installed, as a user's would be. */
export function install(manifest: Record<string, unknown> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "wasend-user-"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "user", version: "1.0.0", private: true, ...manifest }),
  );
  run("npm", ["install", "--no-audit", "--no-fund", "--offline", pack()], folder);
  return folder;
}

/** Gives a project the optional peers too, as this repository has them. */
export function linkPeers(folder: string, peers: readonly string[]): void {
  for (const peer of peers)
    symlinkSync(join(root, "node_modules", peer), join(folder, "node_modules", peer), "dir");
}

/** Removes a project made by {@link install}. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
