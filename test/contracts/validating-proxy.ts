import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

export interface ValidatingProxy {
  url: string;
  close(): Promise<void>;
}

/**
 * Where a vendor's contract lies: beside the repository, as it is too large to keep in it.
 * @returns undefined when it is not there, after a line that says so
 */
export function findContract(name: string): string | undefined {
  const file = fileURLToPath(new URL(`../../../shared/contracts/${name}`, import.meta.url));
  if (existsSync(file)) return file;
  process.stderr.write(`contract tests skipped: no ../shared/contracts/${name} beside the repository\n`);
  return undefined;
}

/**
 * Starts Prism between a caller and a vendor. A request that breaks the contract is answered 422 (or 401 without
 * credentials) and never forwarded; an answer that breaks it becomes a 500. Both carry `application/problem+json`.
 * Rejects with Prism's own output when it does not come up.
 */
export function startValidatingProxy(contract: string, upstream: string): Promise<ValidatingProxy> {
  const prism = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
  const child = spawn(process.execPath, [prism, "proxy", "--port", "0", "--errors", contract, upstream], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /is listening on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (url === undefined) return;
      child.stdout.off("data", read).resume();
      resolve({
        url,
        close() {
          child.kill();
          return ended;
        },
      });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.once("error", reject);
    void ended.then(() => reject(new Error(`Prism ended before it listened:\n${output}`)));
  });
}
