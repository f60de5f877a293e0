import type { Logger } from "pino";
import type { AskedOperation } from "./asked-operation.ts";
import { loadPolicy } from "./load-policy.ts";
import type { LoadedPolicy } from "./policy.ts";
import { PolicyError } from "./policy-error.ts";
import { hasPassed, runPolicyTests, type PolicyTestResult } from "./policy-tests.ts";
import type { KnownPlaybook } from "./references.ts";
import type { Policy } from "./schema.ts";

export interface TestablePlaybook extends KnownPlaybook {
  operations(action?: string): AskedOperation[];
}

/** The policy in force. */
export interface PolicyKeeper {
  current(): LoadedPolicy;
  /** Reads the file again; a faulty one is reported and the last good one stays in force. */
  reload(): Promise<void>;
}

/**
 * Reads the policy and runs the tests that stand in it.
 * @throws PolicyError that lists every fault and every failed test
 */
export async function readTestedPolicy(
  file: string,
  playbooks: readonly TestablePlaybook[],
): Promise<LoadedPolicy> {
  const loaded = await loadPolicy(file, playbooks);
  const failed = testPolicy(loaded.policy, playbooks).filter((result) => !hasPassed(result));
  if (failed.length > 0)
    throw new PolicyError(
      file,
      failed.map(({ index, test, actual, why }) => ({
        path: `tests[${index}]`,
        message: `The test expects ${test.expect}, but the policy answers ${actual}. ${why}`,
      })),
    );
  return loaded;
}

/** Runs the tests that stand in a policy, with the operations of these playbooks. */
export function testPolicy(policy: Policy, playbooks: readonly TestablePlaybook[]): PolicyTestResult[] {
  return runPolicyTests(
    policy,
    (name, action) => playbooks.find((playbook) => playbook.name === name)?.operations(action) ?? [],
  );
}

/** Loads the policy and keeps it. @throws PolicyError when the first one is faulty */
export async function keepPolicy(
  file: string,
  playbooks: readonly TestablePlaybook[],
  log: Logger,
): Promise<PolicyKeeper> {
  let loaded = await readTestedPolicy(file, playbooks);
  return {
    current: () => loaded,
    async reload() {
      try {
        loaded = await readTestedPolicy(file, playbooks);
        log.info({ policy: loaded.version }, "the policy was read again");
      } catch (error) {
        if (!(error instanceof PolicyError)) throw error;
        log.error({ policy: loaded.version }, `the last good policy stays in force. ${error.message}`);
      }
    },
  };
}
