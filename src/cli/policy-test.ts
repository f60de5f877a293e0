import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { testPolicy } from "../permission/policy-file/keep-policy.ts";
import { loadPolicy } from "../permission/policy-file/load-policy.ts";
import { hasPassed, type PolicyTestResult } from "../permission/policy-file/policy-tests.ts";
import { policyFile, type Command } from "./command.ts";
import { noMoreWords } from "./options.ts";

/** `policy test`: runs the tests that stand in POLICY_FILE; code 1 where one fails. @throws PolicyError */
export const runTests: Command = async (environment, words) => {
  noMoreWords(words);
  const file = policyFile(environment);
  const { policy } = await loadPolicy(file, KNOWN_PLAYBOOKS);
  const results = testPolicy(policy, KNOWN_PLAYBOOKS);
  const failed = results.filter((result) => !hasPassed(result)).length;
  const total =
    results.length === 0
      ? `${file} has no tests.`
      : `${results.length - failed} of ${results.length} tests passed.`;
  return { text: [...results.map(describeResult), total].join("\n"), code: failed === 0 ? 0 : 1 };
};

function describeResult(result: PolicyTestResult): string {
  const { index, test, actual, why } = result;
  const { playbook, target, action, break_glass: breaksGlass } = test.asks;
  const asked = [playbook, ...(action === undefined ? [] : [action]), `about ${target}`].join(" ");
  const question = `tests[${index}]: ${test.who} asks for ${asked}${breaksGlass === true ? ", by break-glass" : ""}`;
  const outcome = hasPassed(result)
    ? `passed  ${question}: ${actual}`
    : `FAILED  ${question}: expected ${test.expect}, but the policy answers ${actual}`;
  return `${outcome}\n        ${why}`;
}
