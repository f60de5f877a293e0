import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { platform } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";

const run = promisify(execFile);

/** What `postmaster.pid` says about the server of a cluster. */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** `starting`, `stopping`, `ready` or `standby`; empty while the file is being written. */
  status: string;
}

/** Where the server of a cluster stands. */
export type PostmasterState =
  | { kind: "absent" }
  /** There is a pid file, but no Postgres by this pid: it was killed, or the machine went down. */
  | { kind: "stale"; isPidReused: boolean }
  /** It starts, recovers or stops. */
  | { kind: "busy"; pid: number }
  /** It answers with our password and serves our data. */
  | { kind: "serving"; pid: number; port: number }
  /** It answers, but not to us. */
  | { kind: "foreign"; pid: number; reason: string };

/** Reads a pid file: pid, folder, start time, port, socket folder, address, shared memory, status; a line each. */
export function parsePostmasterFile(content: string): PostmasterFile | undefined {
  const lines = content.split("\n").map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0) || 0, status: lines[7] ?? "" };
}

/** The pid may meanwhile be another program's, above all in a container, where every start counts from one. */
async function whoHas(pid: number): Promise<"postgres" | "another program" | "nobody"> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return "nobody";
  }
  try {
    const name =
      platform() === "linux"
        ? await readFile(`/proc/${pid}/comm`, "utf8")
        : (await run("ps", ["-o", "comm=", "-p", String(pid)])).stdout;
    return name.trim().endsWith("postgres") ? "postgres" : "another program";
  } catch {
    return "nobody";
  }
}

async function askWhom(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  // A server that goes away meanwhile is told by the statement that fails.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    return rows[0]?.folder ?? "";
  } finally {
    await client.end();
  }
}

/** SQLSTATE classes and codes by which a server says "not now": starting up, shutting down, too many clients. */
const NOT_NOW = new Set(["57P01", "57P02", "57P03", "53300"]);

/**
 * Finds out where the server of a cluster stands, without changing anything.
 * @param cluster absolute path without symbolic links
 * @param urlFor the address to log in at, by port
 */
export async function inspectPostmaster(
  cluster: string,
  urlFor: (port: number) => string,
): Promise<PostmasterState> {
  const content = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => undefined);
  if (content === undefined) return { kind: "absent" };
  const file = parsePostmasterFile(content);
  if (!file) return { kind: "stale", isPidReused: false };
  const holder = await whoHas(file.pid);
  if (holder !== "postgres") return { kind: "stale", isPidReused: holder === "another program" };
  const { pid, port, status } = file;
  if (status !== "ready" || port === 0) return { kind: "busy", pid };
  try {
    const folder = await askWhom(urlFor(port));
    if (folder === cluster) return { kind: "serving", pid, port };
    return { kind: "foreign", pid, reason: `it serves ${folder}` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ECONNREFUSED" || code === "ECONNRESET" || NOT_NOW.has(code ?? ""))
      return { kind: "busy", pid };
    return { kind: "foreign", pid, reason: message };
  }
}
