import { readFile } from "node:fs/promises";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { readTestedPolicy } from "../permission/policy-file/keep-policy.ts";
import { describeFault } from "../permission/policy-file/policy-error.ts";
import { warningsOf } from "../permission/policy-file/warnings.ts";
import { policyFile, UsageError, type Command } from "./command.ts";
import { readOptions } from "./options.ts";

/**
 * `policy lint`: checks POLICY_FILE, runs its own tests, and lists what is legal and surely not meant. With `--strict`
 * such a warning is a fault (exit code 1).
 * @throws PolicyError that lists every fault
 */
export const lintPolicy: Command = async (environment, words) => {
  const { values, positionals } = readOptions(words, { strict: { type: "boolean" } });
  if (positionals[0] !== undefined)
    throw new UsageError(`This command takes nothing more, and “${positionals[0]}” was given.`);
  const file = policyFile(environment);
  const { policy, version } = await readTestedPolicy(file, KNOWN_PLAYBOOKS);
  const warnings = warningsOf(await readFile(file, "utf8"), KNOWN_PLAYBOOKS);
  const tests = policy.tests?.length ?? 0;
  const described = warnings.map((warning) => `  ${describeFault(file, warning)}`);
  const lines = [
    `${file} is valid (version ${version}): ${Object.keys(policy.roles).length} roles, ${policy.approvals.length} approval rules, ${tests} of ${tests} tests passed.`,
    ...(warnings.length === 0
      ? []
      : [`${warnings.length} warning${warnings.length === 1 ? "" : "s"}:`, ...described]),
  ];
  return { text: lines.join("\n"), code: values.strict === true && warnings.length > 0 ? 1 : 0 };
};
