import { KNOWN_PLAYBOOKS } from "../known-playbooks.ts";
import { readTestedPolicy } from "../permission/keep-policy.ts";

/** `policy lint`: checks POLICY_FILE and runs its own tests. @throws PolicyError that lists every fault */
export async function lintPolicy(environment: NodeJS.ProcessEnv): Promise<{ text: string; code: number }> {
  const file = environment["POLICY_FILE"] || "./policy.yml";
  const { policy, version } = await readTestedPolicy(file, KNOWN_PLAYBOOKS);
  const tests = policy.tests?.length ?? 0;
  return {
    text: `${file} is good (version ${version}): ${Object.keys(policy.roles).length} roles, ${policy.approvals.length} approval rules, ${tests} of ${tests} tests passed.`,
    code: 0,
  };
}
