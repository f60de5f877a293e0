import { randomBytes } from "node:crypto";
import type { Stats } from "node:fs";
import {
  chmod,
  chown,
  lchown,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { PostgresProgramError, runPostgresProgram } from "./run-postgres-program.ts";
import { DatabaseSettingError } from "./sessions.ts";
import { findBlockingFolder, type SystemUser } from "./system-user.ts";

/** The superuser of the embedded database; the app itself connects as `APPLICATION_ROLE`. */
export const DATABASE_USER = "deadbolt";

const PASSWORD_FILE = "deadbolt-password";
const BUILDING_PREFIX = ".initialising-";
const TRIAL_PREFIX = ".trial-";

/** The folder of the database cluster within the data directory. */
export function clusterFolder(dataDirectory: string): string {
  return join(dataDirectory, "postgres");
}

/**
 * Makes the data directory where it is missing.
 * @returns its real path, absolute and without symbolic links
 * @throws DatabaseSettingError at once when nothing can be written there
 */
export async function prepareDataDirectory(dataDirectory: string): Promise<string> {
  const path = resolve(dataDirectory);
  try {
    const made = await makeDataDirectory(path);
    await rmdir(await mkdtemp(join(made, TRIAL_PREFIX)));
    return made;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    throw new DatabaseSettingError(
      `DATA_DIR cannot be written (${code}): ${path}. Give the user that Deadbolt runs as the right to write there, ` +
        "name another folder, or set DATABASE_URL.",
      { cause: error },
    );
  }
}

async function makeDataDirectory(path: string): Promise<string> {
  const asRoot = process.getuid?.() === 0;
  const firstMade = await mkdir(path, { recursive: true, mode: asRoot ? 0o711 : 0o700 });
  if (firstMade !== undefined && asRoot) {
    // The user Postgres runs as must pass through all that we made, whatever our mask is.
    let folder = firstMade;
    await chmod(folder, 0o711);
    for (const name of relative(firstMade, path).split(sep).filter(Boolean)) {
      folder = join(folder, name);
      await chmod(folder, 0o711);
    }
  }
  return realpath(path);
}

/** The password that was made with the cluster. */
export async function readClusterPassword(cluster: string): Promise<string> {
  try {
    return (await readFile(join(cluster, PASSWORD_FILE), "utf8")).trim();
  } catch (error) {
    throw new Error(
      `${cluster} is there, but ${PASSWORD_FILE} in it cannot be read, so it is not a database that Deadbolt made. ` +
        "Restore the file, or move the folder away to begin with an empty database.",
      { cause: error },
    );
  }
}

/**
 * @throws Error that names the folder in the way, when the user Postgres runs as cannot reach the data
 */
export async function requireReachable(dataDirectory: string, user: SystemUser): Promise<void> {
  const blocking = await findBlockingFolder(dataDirectory, user);
  if (blocking === undefined) return;
  throw new Error(
    `Postgres does not run as root, and the user it runs as (${user.uid}) cannot pass through ${blocking} to the data ` +
      `in ${dataDirectory}. Set DATA_DIR to a folder elsewhere, such as /var/lib/deadbolt; or run: ` +
      `chmod o+x ${blocking}; or start Deadbolt as an ordinary user.`,
  );
}

/** Gives a whole tree to a user: data restored by root belongs to root, and Postgres refuses it. */
async function giveTo(folder: string, user: SystemUser): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) await lchown(join(entry.parentPath, entry.name), user.uid, user.gid);
  await chown(folder, user.uid, user.gid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes what an initialisation left that was killed. */
async function removeRemains(dataDirectory: string): Promise<void> {
  for (const name of await readdir(dataDirectory)) {
    if (!name.startsWith(BUILDING_PREFIX)) continue;
    const folder = join(dataDirectory, name);
    const pid = Number(name.slice(BUILDING_PREFIX.length).split("-")[0]);
    // In a container an earlier life of ours may have had the pid that we have now.
    const isOurs =
      pid === process.pid && ((await statIfExists(folder))?.birthtimeMs ?? 0) >= performance.timeOrigin;
    if (!isOurs && (pid === process.pid || !isAlive(pid))) await rm(folder, { recursive: true, force: true });
  }
}

async function statIfExists(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Writes a folder's names to the disk: without that a power failure may take back a rename that was done. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Containers may run us under a number that has no name, which `initdb` does not accept. */
function explainFailure(error: unknown): never {
  if (
    !(error instanceof PostgresProgramError && error.output.includes("could not look up effective user ID"))
  )
    throw error;
  throw new Error(
    `The user that Deadbolt runs as (${process.getuid?.()}) has no entry in /etc/passwd, which Postgres needs to make ` +
      "a database. Add one, run as a user that has one, or set DATABASE_URL.",
    { cause: error },
  );
}

/**
 * Makes the cluster unless it is there. It is built under another name and renamed when it is whole, so what is cut
 * short leaves nothing half made.
 * @returns whether it was made now
 * @throws PostgresProgramError when `initdb` fails; Error when the cluster belongs to another user
 */
export async function ensureCluster(
  dataDirectory: string,
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
): Promise<boolean> {
  const cluster = clusterFolder(dataDirectory);
  await removeRemains(dataDirectory);
  const existing = await statIfExists(cluster);
  if (existing) {
    if (user && existing.uid !== user.uid) await giveTo(cluster, user);
    if (!user && existing.uid !== process.getuid?.())
      throw new Error(`The data in ${cluster} belongs to user ${existing.uid}: start Deadbolt as that user.`);
    return false;
  }
  const building = await mkdtemp(join(dataDirectory, `${BUILDING_PREFIX}${process.pid}-`));
  try {
    if (user) await chown(building, user.uid, user.gid);
    const fresh = join(building, "postgres");
    const passwordFile = join(building, "password");
    await writeFile(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600, flush: true });
    if (user) await chown(passwordFile, user.uid, user.gid);
    await runPostgresProgram(
      binaries.initdb,
      [
        `--pgdata=${fresh}`,
        `--username=${DATABASE_USER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--no-instructions",
      ],
      user,
    ).catch(explainFailure);
    await rename(passwordFile, join(fresh, PASSWORD_FILE));
    await flushFolder(fresh);
    await rename(fresh, cluster).catch(async (error: unknown) => {
      // Another start was faster: its cluster is as good.
      if (!(await statIfExists(cluster))) throw error;
    });
    await flushFolder(dataDirectory);
    return true;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}
