import type { AskedOperation } from "./asked-operation.ts";
import { decide, protectionsFor } from "./decide.ts";
import type { Policy, PolicyTest } from "./schema.ts";
import { groupsNeeded, protectedGroups, standingOf, type PersonFacts } from "./roles.ts";

/** A test of the policy's own that came out otherwise. */
export interface FailedPolicyTest {
  index: number;
  expected: PolicyTest["expect"];
  actual: PolicyTest["expect"];
  why: string;
}

const HOME = "T0HOME";

function personFacts(policy: Policy, test: PolicyTest, id: string): PersonFacts {
  const groups = [...groupsNeeded(policy), ...protectedGroups(policy)];
  return {
    id,
    teamId: HOME,
    email: `${id.toLowerCase()}@policy.test`,
    isBot: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    deleted: false,
    isOwner: false,
    isAdmin: false,
    groups: Object.fromEntries(
      groups.map((group) => [group, test.given?.groups[group]?.includes(id) ?? false]),
    ),
  };
}

/**
 * Runs the tests that stand in the policy file. Who is in which group is only what the test says: Slack is not asked.
 * @param operationsOf the operations of a playbook's action
 */
export function runPolicyTests(
  policy: Policy,
  operationsOf: (playbook: string, action?: string) => AskedOperation[],
): FailedPolicyTest[] {
  return (policy.tests ?? []).flatMap((test, index) => {
    const requester = standingOf(policy, personFacts(policy, test, test.who), HOME);
    const isEmail = test.asks.target.includes("@");
    const target = isEmail ? null : personFacts(policy, test, test.asks.target);
    const decision = decide({
      policy,
      requester,
      target: {
        emails: isEmail ? [test.asks.target] : [target?.email ?? ""],
        ...(isEmail ? {} : { slackId: test.asks.target }),
      },
      targetProtections: protectionsFor(policy, target),
      playbook: test.asks.playbook,
      operations: operationsOf(test.asks.playbook, test.asks.action),
    });
    if (decision.kind === test.expect) return [];
    const why = decision.kind === "denied" ? `${decision.rule}: ${decision.reason}` : decision.because;
    return [{ index, expected: test.expect, actual: decision.kind, why }];
  });
}
