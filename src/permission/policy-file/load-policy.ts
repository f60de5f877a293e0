import { readFile } from "node:fs/promises";
import { parsePolicy } from "./policy.ts";
import type { LoadedPolicy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import type { KnownPlaybook } from "./references.ts";

/**
 * Reads and checks the policy file.
 * @throws PolicyError when it is missing, cannot be read, is not UTF-8, or has faults
 */
export async function loadPolicy(file: string, playbooks: readonly KnownPlaybook[]): Promise<LoadedPolicy> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new PolicyError(file, [{ path: "", message: readFailure(error) }]);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PolicyError(file, [{ path: "", message: "The file is not UTF-8 text." }]);
  }
  return parsePolicy(text, file, playbooks);
}

function readFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case "ENOENT":
      return "There is no such file. Put your policy there, or set POLICY_FILE to where it is.";
    case "EISDIR":
      return "This is a folder, not a file.";
    case "EACCES":
      return "The file may not be read by this process.";
    default:
      return `The file cannot be read (${code ?? "unknown fault"}).`;
  }
}
