import { spawn } from "node:child_process";
import { basicEnvironment, PROJECT } from "../../../playground/app-process.ts";

export interface Exit {
  code: number | null;
  /** Everything that it wrote, on both streams. */
  output: string;
}

/** Starts the app with this environment alone and waits until it has ended by itself. */
export function runToExit(environment: Record<string, string>): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["src/main.ts"], {
      cwd: PROJECT,
      env: { ...basicEnvironment(), ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 50_000,
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
      });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
