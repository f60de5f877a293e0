import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * Runs the playground in a process of its own and waits for it; nothing of it is ever loaded into the app.
 * @returns its exit code
 */
export function runPlayground(parameters: readonly string[]): Promise<number> {
  const file = fileURLToPath(new URL("../../playground/main.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...parameters], { stdio: "inherit" });
    // Ctrl-C reaches the playground from the terminal as well; it decides when all is put away.
    const pass = (signal: NodeJS.Signals) => void child.kill(signal);
    process.on("SIGTERM", pass);
    // The terminal was closed.
    process.on("SIGHUP", pass);
    process.on("SIGINT", () => undefined);
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
