import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import type { SystemUser } from "./system-user.ts";

/** A program of Postgres ended with a failure; `output` is all that it wrote. */
export class PostgresProgramError extends Error {
  override name = "PostgresProgramError";
  readonly output: string;
  constructor(program: string, code: number | null, output: string) {
    super(`${program} failed (exit code ${code}): ${output.trim()}`);
    this.output = output;
  }
}

/**
 * Runs one program of Postgres to its end.
 * @param user whom it runs as; undefined for ourselves
 * @throws PostgresProgramError when it ends with a failure
 */
export async function runPostgresProgram(
  program: string,
  parameters: readonly string[],
  user: SystemUser | undefined,
): Promise<void> {
  const child = spawn(program, parameters, {
    ...user,
    // A folder that every user can be in.
    cwd: "/",
    // Nothing of ours (PGDATA, PGPORT, LC_…) may change what it does.
    env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
    // A group of its own: Ctrl-C is meant for the app, which stops the database when its work is over.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code));
  });
  const [code, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new PostgresProgramError(program, code, output.join(""));
}
