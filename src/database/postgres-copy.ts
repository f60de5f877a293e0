import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmod,
  constants,
  copyFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findBlockingFolder, type SystemUser } from "./system-user.ts";

const run = promisify(execFile);

interface TreeEntry {
  path: string;
  kind: "folder" | "file" | "link";
  size: number;
  executable: boolean;
}

/** Everything below a folder, parents first. */
async function listTree(root: string): Promise<TreeEntry[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).toSorted();
  return Promise.all(
    paths.map(async (path): Promise<TreeEntry> => {
      const facts = await lstat(join(root, path));
      if (facts.isDirectory()) return { path, kind: "folder", size: 0, executable: true };
      if (facts.isSymbolicLink()) return { path, kind: "link", size: 0, executable: false };
      return { path, kind: "file", size: facts.size, executable: (facts.mode & 0o100) !== 0 };
    }),
  );
}

/** A name for exactly these programs: their version, and a hash of the tree and of the programs themselves. */
async function nameCopy(packageFolder: string, native: string, tree: readonly TreeEntry[]): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  const hash = createHash("sha256").update(JSON.stringify(tree));
  for (const { path, kind } of tree)
    if (kind === "file" && path.startsWith("bin/")) hash.update(await readFile(join(native, path)));
  return `deadbolt-postgres-${version}-${hash.digest("hex").slice(0, 16)}`;
}

async function copyTree(native: string, tree: readonly TreeEntry[], target: string): Promise<void> {
  for (const { path, kind } of tree) if (kind === "folder") await mkdir(join(target, path));
  await Promise.all(
    tree.map(async ({ path, kind, executable }) => {
      const copy = join(target, path);
      if (kind === "link") return symlink(await readlink(join(native, path)), copy);
      if (kind === "file") await copyFile(join(native, path), copy, constants.COPYFILE_FICLONE);
      // Whatever mask the packages were unpacked with, and whatever ours is.
      return chmod(copy, executable ? 0o755 : 0o644);
    }),
  );
  await chmod(target, 0o755);
}

/**
 * Whether a copy is whole and can be trusted: in a folder that everyone may write to, someone else may have made
 * one by this name, and cleaners remove files that are old.
 */
async function isSound(copy: string, tree: readonly TreeEntry[]): Promise<boolean> {
  const facts = await lstat(copy).catch(() => undefined);
  if (!facts) return false;
  if (!facts.isDirectory() || facts.uid !== process.getuid?.() || (facts.mode & 0o022) !== 0) return false;
  return JSON.stringify(await listTree(copy)) === JSON.stringify(tree);
}

async function makeCopy(native: string, tree: readonly TreeEntry[], copy: string): Promise<void> {
  const building = await mkdtemp(`${copy}.`);
  try {
    await copyTree(native, tree, building);
    try {
      await rename(building, copy);
    } catch (error) {
      // Another start was faster; or what is there is unsound and must make room.
      if (await isSound(copy, tree)) return;
      await rename(copy, `${building}.old`).catch(() => Promise.reject(error));
      await rename(building, copy);
    }
  } finally {
    await rm(building, { recursive: true, force: true });
    await rm(`${building}.old`, { recursive: true, force: true });
  }
}

/**
 * Copies the package's programs to a folder that `user` can reach, or finds the copy made before.
 * @param candidates folders to try in this order
 * @returns the folder that holds `bin`, `lib` and `share`
 * @throws Error that lists why each folder did not do
 */
export async function copyForUser(
  packageFolder: string,
  user: SystemUser,
  candidates: readonly string[] = [tmpdir(), "/var/tmp"],
): Promise<string> {
  const native = join(packageFolder, "native");
  const tree = await listTree(native);
  const name = await nameCopy(packageFolder, native, tree);
  const reasons: string[] = [];
  for (const candidate of new Set(candidates)) {
    try {
      const folder = await realpath(candidate);
      const blocking = await findBlockingFolder(folder, user);
      if (blocking !== undefined) throw new Error(`user ${user.uid} cannot pass through ${blocking}`);
      const copy = join(folder, name);
      if (!(await isSound(copy, tree))) await makeCopy(native, tree, copy);
      // The proof: some systems forbid running programs from temporary folders.
      await run(join(copy, "bin", "postgres"), ["--version"], { ...user, cwd: "/" });
      return copy;
    } catch (error) {
      reasons.push(`${candidate}: ${(error as Error).message}`);
    }
  }
  throw new Error(
    `Postgres does not run as root, and the user it runs as (${user.uid}) cannot reach ${native}. A copy elsewhere ` +
      `did not do either (${reasons.join("; ")}). Make that folder traversable (chmod o+x on each folder above it), ` +
      "start Deadbolt as an ordinary user, or set DATABASE_URL.",
  );
}
