import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddedDatabase } from "../../src/database/embedded.ts";
import { findBlockingFolder, type SystemUser } from "../../src/database/system-user.ts";

const isRoot = process.getuid?.() === 0;
const EMBEDDED = new URL("../../src/database/embedded.ts", import.meta.url).href;

let folder: string;
let dataDirectory: string;
let cluster: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deadbolt-embedded-"));
  await chmod(folder, 0o711);
  dataDirectory = join(folder, "data");
  cluster = join(dataDirectory, "postgres");
  const first = await openEmbeddedDatabase({ dataDirectory });
  await ask(first.url, "create table kept (word text)");
  await first.stop();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function readPid(): Promise<number> {
  return Number((await readFile(join(cluster, "postmaster.pid"), "utf8")).split("\n")[0]);
}

/** As root: someone with a name who is neither root nor Postgres, and can reach this checkout. */
async function lookUpStranger(): Promise<SystemUser | undefined> {
  if (!isRoot) return undefined;
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"])));
  if (uid === undefined || gid === undefined) return undefined;
  const user = { uid, gid };
  const needed = [dirname(fileURLToPath(EMBEDDED)), dirname(process.execPath)];
  const blocked = await Promise.all(needed.map((path) => findBlockingFolder(path, user)));
  return blocked.some(Boolean) ? undefined : user;
}

/** Opens the database in a process of its own, which then waits; gives the process and the address. */
async function openElsewhere(directory: string, identity: { uid?: number; gid?: number } = {}) {
  const script = `
    const { openEmbeddedDatabase } = await import(${JSON.stringify(EMBEDDED)});
    const { url } = await openEmbeddedDatabase({ dataDirectory: ${JSON.stringify(directory)} });
    process.stdout.write(url);
    process.stdin.resume();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    ...identity,
    cwd: "/",
    detached: true,
  });
  const failed = text(child.stderr).then((reason) => Promise.reject(new Error(reason)));
  const [url] = (await Promise.race([once(child.stdout, "data"), failed])) as [Buffer];
  failed.catch(() => undefined);
  return { child, url: url.toString() };
}

test("what was written is there after a stop and a start, and durability is on", async () => {
  const first = await openEmbeddedDatabase({ dataDirectory });
  expect(first.adopted).toBe(false);
  await ask(first.url, "insert into kept values ('restart')");
  await first.stop();
  await first.stop();
  await expect(ask(first.url, "select 1")).rejects.toThrow("ECONNREFUSED");

  const second = await openEmbeddedDatabase({ dataDirectory });
  expect(await ask(second.url, "select from kept where word = 'restart'")).toHaveLength(1);
  const settings = await ask(
    second.url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
       current_setting('listen_addresses') as address, current_setting('unix_socket_directories') as sockets,
       current_setting('server_encoding') as encoding, lower('Ä') as lower`,
  );
  expect(settings).toEqual([
    { fsync: "on", commit: "on", address: "127.0.0.1", sockets: "", encoding: "UTF8", lower: "ä" },
  ]);
  await second.stop();
});

test("nobody gets in without the password, which only its owner can read", async () => {
  const server = await openEmbeddedDatabase({ dataDirectory });
  const url = new URL(server.url);
  expect((await stat(join(cluster, "deadbolt-password"))).mode & 0o777).toBe(0o600);
  url.password = "guess";
  await expect(ask(url.href, "select 1")).rejects.toThrow("password authentication failed");
  await server.stop();
});

test("a database that outlived its killed app is adopted with all it holds", async () => {
  const { child, url } = await openElsewhere(dataDirectory);
  await ask(url, "insert into kept values ('outlived')");
  // The whole process group, as a terminal does it.
  process.kill(-(child.pid ?? 0), "SIGKILL");
  await once(child, "exit");

  const adopted = await openEmbeddedDatabase({ dataDirectory });
  expect(adopted).toMatchObject({ adopted: true, url });
  expect(await ask(adopted.url, "select from kept where word = 'outlived'")).toHaveLength(1);
  await adopted.stop();
});

test("a database whose server was killed too is started again and has lost nothing", async () => {
  const killed = await openEmbeddedDatabase({ dataDirectory });
  await ask(killed.url, "insert into kept values ('killed')");
  process.kill(await readPid(), "SIGKILL");

  const server = await openEmbeddedDatabase({ dataDirectory });
  expect(server.adopted).toBe(false);
  expect(await ask(server.url, "select from kept where word = 'killed'")).toHaveLength(1);
  await server.stop();
});

test("a pid file that names another program's pid does not keep the database from starting", async () => {
  await writeFile(
    join(cluster, "postmaster.pid"),
    `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n\nready\n`,
  );
  const server = await openEmbeddedDatabase({ dataDirectory });
  expect(server.adopted).toBe(false);
  expect(await readPid()).not.toBe(process.pid);
  await server.stop();
});

test("several starts at once on an empty directory make one database and leave nothing else", async () => {
  const empty = join(folder, "together");
  const opened = await Promise.all([1, 2].map(() => openEmbeddedDatabase({ dataDirectory: empty })));
  expect(opened[0]?.url).toBe(opened[1]?.url);
  expect(opened.filter(({ adopted }) => !adopted)).toHaveLength(1);
  expect(await readdir(empty)).toEqual(["postgres"]);
  await Promise.all(opened.map((server) => server.stop()));
});

test("a server that cannot start tells what its log says", async () => {
  const start = openEmbeddedDatabase({ dataDirectory, settings: { shared_buffers: "nonsense" } });
  await expect(start).rejects.toThrow(/did not start.*invalid value for parameter "shared_buffers"/s);
});

test("a folder that is no database of ours is left alone", async () => {
  const strange = join(folder, "strange");
  await mkdir(join(strange, "postgres"), { recursive: true });
  await writeFile(join(strange, "postgres", "precious.txt"), "keep me");
  await expect(openEmbeddedDatabase({ dataDirectory: strange })).rejects.toThrow(
    "not a database that Deadbolt made",
  );
  expect(await readdir(join(strange, "postgres"))).toEqual(["precious.txt"]);
});

test.runIf(isRoot)("as root, data behind a closed folder is refused, and the folder is named", async () => {
  const closed = join(folder, "closed");
  await mkdir(closed, { mode: 0o700 });
  const start = openEmbeddedDatabase({ dataDirectory: join(closed, "deep", "data") });
  await expect(start).rejects.toThrow(`cannot pass through ${closed} `);
  await expect(start).rejects.toThrow(`chmod o+x ${closed};`);
});

const stranger = await lookUpStranger();

test.runIf(stranger)("an ordinary user's database runs as that user, also when root opens it", async () => {
  const home = join(folder, "ordinary");
  await mkdir(home);
  await chmod(home, 0o777);
  const ordinary = join(home, "data");
  const pidFile = join(ordinary, "postgres", "postmaster.pid");
  const { child, url } = await openElsewhere(ordinary, stranger);
  expect((await stat(pidFile)).uid).toBe(stranger?.uid);
  child.kill("SIGKILL");

  const adopted = await openEmbeddedDatabase({ dataDirectory: ordinary });
  expect(adopted).toMatchObject({ adopted: true, url });
  await adopted.stop();
  const started = await openEmbeddedDatabase({ dataDirectory: ordinary });
  expect((await stat(pidFile)).uid).toBe(stranger?.uid);
  await started.stop();
});

test.runIf(stranger)("a user without a name is told what is missing", async () => {
  const home = join(folder, "nameless");
  await mkdir(home);
  await chmod(home, 0o777);
  const opening = openElsewhere(join(home, "data"), { uid: 54_321, gid: 54_321 });
  await expect(opening).rejects.toThrow("(54321) has no entry in /etc/passwd");
});
