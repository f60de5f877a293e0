/** A command: what it prints, and the exit code. */
export type Command = (
  environment: NodeJS.ProcessEnv,
  words: string[],
) => Promise<{ text: string; code: number }>;

/** The command line is at fault: a sentence that says how. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Where the policy file is, by its setting. */
export function policyFile(environment: NodeJS.ProcessEnv): string {
  return environment["POLICY_FILE"] || "./policy.yml";
}
