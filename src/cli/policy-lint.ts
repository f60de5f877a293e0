import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { readTestedPolicy } from "../permission/policy-file/keep-policy.ts";
import { policyFile, type Command } from "./command.ts";
import { noMoreWords } from "./options.ts";

/** `policy lint`: checks POLICY_FILE and runs its own tests. @throws PolicyError that lists every fault */
export const lintPolicy: Command = async (environment, words) => {
  noMoreWords(words);
  const file = policyFile(environment);
  const { policy, version } = await readTestedPolicy(file, KNOWN_PLAYBOOKS);
  const tests = policy.tests?.length ?? 0;
  return {
    text: `${file} is good (version ${version}): ${Object.keys(policy.roles).length} roles, ${policy.approvals.length} approval rules, ${tests} of ${tests} tests passed.`,
    code: 0,
  };
};
