import { access, chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Client } from "pg";
import { clusterFolder, prepareDataDirectory } from "./cluster.ts";
import { openEmbeddedDatabase } from "./embedded.ts";

/** Belongs to the running server, is made again at a start, or is copied last. */
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts", "pg_wal", "server.log", "server.log.old"]);
/** Postgres wants these folders, and not what is in them. */
const EMPTIED = new Set([
  "pg_dynshmem",
  "pg_notify",
  "pg_serial",
  "pg_snapshots",
  "pg_stat_tmp",
  "pg_subtrans",
]);
const OWNER_ONLY = 0o700;

/** Copies a tree; what a running server takes away meanwhile is not needed, since its journal says what became of it. */
async function copyTree(from: string, to: string, isLeftOut: (name: string) => boolean): Promise<void> {
  await mkdir(to, { recursive: true, mode: OWNER_ONLY });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (isLeftOut(entry.name)) continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target, () => EMPTIED.has(entry.name));
    else
      await copyFile(source, target).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOENT") throw error;
      });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** @throws Error where the server keeps too little of its journal */
async function requireJournal(client: Client): Promise<void> {
  const { rows } = await client.query<{ level: string }>("select current_setting('wal_level') as level");
  if (rows[0]?.level === "minimal")
    throw new Error(
      "This Postgres was started by an older version, which keeps too little to be backed up while it runs. Restart Deadbolt once.",
    );
}

/**
 * Whether a journal still begins where a backup did. Postgres throws the oldest away first, so all that follows is there
 * then as well.
 * @param label as `pg_backup_stop` gives it
 * @param segments the names of the journal's files
 */
export function holdsStart(label: string, segments: readonly string[]): boolean {
  const [, first] = /^START WAL LOCATION: .* \(file ([0-9A-F]{24})\)/m.exec(label) ?? [];
  return first !== undefined && segments.includes(first);
}

/**
 * Copies an embedded database into a new folder, also while an app uses it: all that was committed before the copy
 * ends is in it.
 * @throws Error where the folder exists, there is no database, or more was written meanwhile than its journal holds
 */
export async function backUpCluster(dataDirectory: string, folder: string): Promise<void> {
  const target = resolve(folder);
  if (await exists(target)) throw new Error(`${target} exists already: name a new folder.`);
  const cluster = clusterFolder(resolve(dataDirectory));
  if (!(await exists(cluster))) throw new Error(`There is no embedded database in ${dataDirectory}.`);
  const embedded = await openEmbeddedDatabase({ dataDirectory });
  const building = `${target}.unfinished`;
  const client = new Client({ connectionString: embedded.url });
  try {
    await client.connect();
    await requireJournal(client);
    await rm(building, { recursive: true, force: true });
    await mkdir(dirname(target), { recursive: true });
    await client.query("select pg_backup_start('deadbolt', true)");
    const copy = join(building, "postgres");
    await copyTree(cluster, copy, (name) => LEFT_OUT.has(name));
    const { rows } = await client.query<{ labelfile: string }>(
      "select labelfile from pg_backup_stop(wait_for_archive => false)",
    );
    const label = rows[0]?.labelfile ?? "";
    await writeFile(join(copy, "backup_label"), label, { mode: 0o600, flush: true });
    const journal = join(cluster, "pg_wal");
    await copyTree(journal, join(copy, "pg_wal"), () => false);
    if (!holdsStart(label, await readdir(journal)))
      throw new Error(
        "Postgres wrote more than its journal holds meanwhile, so the copy is not whole. Try again.",
      );
    await rename(building, target);
  } finally {
    await client.end();
    await rm(building, { recursive: true, force: true });
    if (!embedded.adopted) await embedded.stop();
  }
}

/**
 * Puts a backup in the place of an embedded database that is lost.
 * @throws Error where the folder is no backup, or there is a database already
 */
export async function restoreCluster(folder: string, dataDirectory: string): Promise<void> {
  const copy = join(resolve(folder), "postgres");
  if (!(await exists(join(copy, "backup_label")))) throw new Error(`${folder} is no backup of Deadbolt's.`);
  const made = await prepareDataDirectory(dataDirectory);
  const cluster = clusterFolder(made);
  if (await exists(cluster))
    throw new Error(`${cluster} exists: stop Deadbolt and move it away first. Nothing was changed.`);
  const building = `${cluster}.unfinished`;
  await rm(building, { recursive: true, force: true });
  await copyTree(copy, building, () => false);
  await chmod(building, OWNER_ONLY);
  await rename(building, cluster);
}
