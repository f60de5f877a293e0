import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { basicEnvironment, PROJECT } from "../../playground/app-process.ts";

/** What a run of the command line printed, and how it ended. */
export interface SpawnedCli {
  code: number;
  output: string;
  error: string;
}

/** Runs `npx deadbolt …` as npm would, with nothing in the environment but what is given. */
export async function spawnCli(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<SpawnedCli> {
  const child = spawn(process.execPath, ["src/cli/main.ts", ...words], {
    cwd: PROJECT,
    env: { ...basicEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? -1));
  });
  const [code, output, error] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, output, error };
}
