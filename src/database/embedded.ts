import { readFile, rename, rm, stat } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import {
  clusterFolder,
  DATABASE_USER,
  ensureCluster,
  prepareDataDirectory,
  readClusterPassword,
  requireReachable,
} from "./cluster.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { inspectPostmaster, type PostmasterState } from "./postmaster.ts";
import { runPostgresProgram } from "./run-postgres-program.ts";
import { chooseSystemUser, type SystemUser } from "./system-user.ts";

/** A running Postgres of our own. It outlives this process unless it is stopped. */
export interface EmbeddedDatabase {
  /** `postgresql://user:password@127.0.0.1:port/postgres`; it holds the password, so it must not be logged. */
  url: string;
  /** Whether it was already running: left by a process that was killed, or in use by another one right now. */
  adopted: boolean;
  /** Ends its connections, lets it write everything to disk and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

/** For a small machine; everything that keeps data through a crash is on. */
const SETTINGS: Record<string, string | number> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  max_connections: 100,
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  // Enough to be backed up while it runs; what a backup needs is not thrown away meanwhile.
  wal_level: "replica",
  wal_keep_size: "256MB",
  max_wal_senders: 0,
  io_method: "sync",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

const LOG_FILE = "server.log";
const LOG_LIMIT_BYTES = 5_000_000;
/** Recovery after a crash replays at most `max_wal_size`, which takes seconds. */
const PATIENCE_MILLISECONDS = 60_000;
const ATTEMPTS = 4;
const WAIT = ["--wait", `--timeout=${PATIENCE_MILLISECONDS / 1000}`, "--silent"];

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function limitLog(file: string): Promise<void> {
  const facts = await stat(file).catch(() => undefined);
  if (facts && facts.size > LOG_LIMIT_BYTES) await rename(file, `${file}.old`);
}

async function start(
  cluster: string,
  binaries: PostgresBinaries,
  user: SystemUser | undefined,
  settings: Record<string, string | number>,
): Promise<void> {
  const logFile = join(cluster, LOG_FILE);
  await limitLog(logFile);
  const port = await findFreePort();
  // pg_ctl hands the options to a shell; none of them holds anything that a shell reads.
  const options = Object.entries({ ...settings, port }).map(([name, value]) => `-c ${name}=${value}`);
  await runPostgresProgram(
    binaries.pg_ctl,
    ["start", ...WAIT, `--pgdata=${cluster}`, `--log=${logFile}`, `--options=${options.join(" ")}`],
    user,
  );
}

async function endOfLog(cluster: string): Promise<string> {
  const text = await readFile(join(cluster, LOG_FILE), "utf8").catch(() => "");
  return text.trimEnd().split("\n").slice(-8).join("\n");
}

/** Waits while the server starts or stops by someone else's doing. */
async function settle(inspect: () => Promise<PostmasterState>): Promise<PostmasterState> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const state = await inspect();
    if (state.kind !== "busy") return state;
    if (performance.now() > deadline)
      throw new Error(`The embedded Postgres (pid ${state.pid}) neither starts nor stops; look at it.`);
    await sleep(25);
  }
}

/**
 * Postgres under a data directory: made at the first call, started when it does not run, adopted when it does (one
 * that outlived its app serves on). Reached on 127.0.0.1 only, on a port that is new at each start, with a random
 * password kept beside the data. Whether anybody else uses it is for `claimOwnership` to settle.
 * @param options.settings Postgres settings that differ from ours, for tests whose data need not last; plain words
 * and numbers only
 * @throws Error that says what to do: no Postgres for this platform, data that cannot be reached, a server that
 * does not start (with the end of its log)
 */
export async function openEmbeddedDatabase(options: {
  dataDirectory: string;
  log?: Logger;
  settings?: Record<string, string | number>;
}): Promise<EmbeddedDatabase> {
  const dataDirectory = await prepareDataDirectory(options.dataDirectory);
  const cluster = clusterFolder(dataDirectory);
  const user = await chooseSystemUser(cluster);
  if (user) await requireReachable(dataDirectory, user);
  const binaries = await findPostgresBinaries(user);
  if (await ensureCluster(dataDirectory, binaries, user))
    options.log?.info({ dataDirectory }, "The embedded database was created.");

  const password = await readClusterPassword(cluster);
  const urlFor = (port: number) => `postgresql://${DATABASE_USER}:${password}@127.0.0.1:${port}/postgres`;
  const inspect = () => inspectPostmaster(cluster, urlFor);

  async function stop(): Promise<void> {
    const state = await inspect();
    if (state.kind === "absent" || state.kind === "stale") return;
    try {
      await runPostgresProgram(
        binaries.pg_ctl,
        ["stop", "--mode=fast", ...WAIT, `--pgdata=${cluster}`],
        user,
      );
    } catch (error) {
      // Someone else may have stopped it in the same moment.
      const after = await settle(inspect);
      if (after.kind !== "absent" && after.kind !== "stale") throw error;
    }
  }

  async function startOrAdopt(attempt: number): Promise<EmbeddedDatabase> {
    const state = await settle(inspect);
    if (state.kind === "foreign")
      throw new Error(
        `A Postgres (pid ${state.pid}) runs on ${cluster}, but it is not ours: ${state.reason}. Stop it first.`,
      );
    if (state.kind === "serving") {
      options.log?.info({ pid: state.pid, port: state.port }, "A running embedded database was adopted.");
      return { url: urlFor(state.port), adopted: true, stop };
    }
    // Postgres clears a stale file by itself, unless some program of the same user now has the pid in it.
    if (state.kind === "stale" && state.isPidReused)
      await rm(join(cluster, "postmaster.pid"), { force: true });
    try {
      await start(cluster, binaries, user, { ...SETTINGS, ...options.settings });
    } catch (error) {
      // In the same moment another process may have started it or taken the port; or a killed server's last
      // children are still going.
      if (attempt < ATTEMPTS) {
        await sleep(attempt * 100);
        return startOrAdopt(attempt + 1);
      }
      throw new Error(
        `The embedded Postgres did not start. The end of its log:\n${await endOfLog(cluster)}`,
        { cause: error },
      );
    }
    const started = await inspect();
    if (started.kind !== "serving")
      throw new Error(`The embedded Postgres started, but does not answer (it is ${started.kind}).`);
    return { url: urlFor(started.port), adopted: false, stop };
  }

  return startOrAdopt(1);
}
