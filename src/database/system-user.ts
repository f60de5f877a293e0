import { execFile } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Whom Postgres runs as, when that is not ourselves. */
export interface SystemUser {
  uid: number;
  gid: number;
}

const USER_NAME = "postgres";

async function idOf(flag: "-u" | "-g"): Promise<number> {
  const { stdout } = await run("id", [flag, USER_NAME]);
  return Number(stdout.trim());
}

async function lookUp(): Promise<SystemUser | undefined> {
  try {
    return { uid: await idOf("-u"), gid: await idOf("-g") };
  } catch {
    return undefined;
  }
}

async function create(): Promise<void> {
  try {
    await run("groupadd", ["--system", "--force", USER_NAME]);
    const place = ["--no-create-home", "--home-dir=/nonexistent", "--shell=/usr/sbin/nologin"];
    await run("useradd", ["--system", `--gid=${USER_NAME}`, ...place, USER_NAME]);
  } catch (error) {
    // Another process may have created it in the same moment.
    if (await lookUp()) return;
    throw new Error(
      `Postgres does not run as root, and the system user "${USER_NAME}" could not be created. ` +
        `Create it (useradd --system ${USER_NAME}), start Deadbolt as an ordinary user, or set DATABASE_URL.`,
      { cause: error },
    );
  }
}

/**
 * Whom Postgres must run as: undefined when we are an ordinary user (it runs as ourselves). As root, which Postgres
 * refuses, the owner of existing data, else the system user `postgres`, which is created when it is missing.
 * @param cluster the folder of the database cluster, which need not exist
 * @throws Error when the user is missing and cannot be created
 */
export async function chooseSystemUser(cluster: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const existing = await lookUp();
  if (existing) return existing;
  await create();
  return lookUp();
}

/** Whether a file's mode grants a user some bits (4 read, 2 write, 1 execute or traverse). */
function grants(mode: number, owner: SystemUser, user: SystemUser, bits: number): boolean {
  if (owner.uid === user.uid) return ((mode >> 6) & bits) === bits;
  if (owner.gid === user.gid) return ((mode >> 3) & bits) === bits;
  return (mode & bits) === bits;
}

/**
 * The first folder, from the root down to `path` itself, that a user cannot pass through; undefined when the way is
 * free. Folders that do not exist block nothing.
 * @param path a folder, absolute and without symbolic links
 */
export async function findBlockingFolder(path: string, user: SystemUser): Promise<string | undefined> {
  const root = resolve(path, "/");
  const folders = [root];
  for (const name of path.slice(root.length).split(sep))
    if (name !== "") folders.push(join(folders.at(-1) ?? root, name));
  for (const folder of folders) {
    const facts = await stat(folder).catch(() => undefined);
    if (facts && !grants(facts.mode, facts, user, 1)) return folder;
  }
  return undefined;
}

/** Whether a user can reach a file and run it. */
export async function canRun(file: string, user: SystemUser): Promise<boolean> {
  if ((await findBlockingFolder(dirname(file), user)) !== undefined) return false;
  const facts = await stat(file).catch(() => undefined);
  return facts !== undefined && grants(facts.mode, facts, user, 5);
}
