import type { AskedOperation } from "../decide/asked-operation.ts";
import { protectionsFor, targetGroups, type AskedTarget } from "../decide/asked-target.ts";
import { decide } from "../decide/decide.ts";
import { deniedGroups } from "../decide/denials.ts";
import { linkedAccounts } from "../decide/identities.ts";
import type { Policy, PolicyTest } from "../schema.ts";
import {
  groupsNeeded,
  PLAIN_MEMBER,
  schedulesNeeded,
  standingOf,
  type PersonFacts,
} from "../decide/roles.ts";

/** A test of the policy's own, and how it came out. */
export interface PolicyTestResult {
  index: number;
  test: PolicyTest;
  actual: PolicyTest["expect"];
  why: string;
}

const HOME = "T0HOME";
/** A working day in working hours almost everywhere, for tests that do not say when. */
const SOME_MONDAY_NOON = "2026-06-01T12:00:00Z";

/** Everything that Slack and the schedules would say, which is only what the test says. */
function personFacts(policy: Policy, { given }: PolicyTest, id: string): PersonFacts {
  const groups = [...groupsNeeded(policy), ...targetGroups(policy), ...deniedGroups(policy)];
  return {
    id,
    teamId: HOME,
    email: given?.emails?.[id] ?? `${id.toLowerCase()}@policy.test`,
    ...PLAIN_MEMBER,
    groups: Object.fromEntries(groups.map((group) => [group, given?.groups?.[group]?.includes(id) ?? false])),
    onCall: Object.fromEntries(
      schedulesNeeded(policy).map((name) => [name, given?.on_call?.[name]?.includes(id) ?? false]),
    ),
    timeZone: given?.time_zone ?? "UTC",
  };
}

function targetOf(policy: Policy, test: PolicyTest): AskedTarget {
  const { target } = test.asks;
  const email = target.includes("@") ? target : personFacts(policy, test, target).email;
  const { slackIds, emails } = linkedAccounts(policy, email === undefined ? [target] : [target, email]);
  const ofEach = slackIds.map((id) => personFacts(policy, test, id).groups);
  return {
    slackIds,
    emails,
    groups: Object.fromEntries(
      targetGroups(policy).map((group) => [group, ofEach.some((groups) => groups[group] === true)]),
    ),
  };
}

/**
 * Runs the tests that stand in the policy file. Who is in which group is only what the test says: nobody is asked.
 * @param operationsOf the operations of a playbook's action
 */
export function runPolicyTests(
  policy: Policy,
  operationsOf: (playbook: string, action?: string) => AskedOperation[],
): PolicyTestResult[] {
  return (policy.tests ?? []).map((test, index) => {
    const target = targetOf(policy, test);
    const decision = decide({
      policy,
      requester: standingOf(policy, personFacts(policy, test, test.who), HOME),
      target,
      playbook: test.asks.playbook,
      operations: operationsOf(test.asks.playbook, test.asks.action),
      at: new Date(test.given?.at ?? SOME_MONDAY_NOON),
      history: [],
      breaksGlass: test.asks.break_glass ?? false,
    });
    const why = decision.kind === "denied" ? `${decision.rule}: ${decision.reason}` : decision.because;
    const isProtected = protectionsFor(policy, target).length > 0 ? " The policy protects this person." : "";
    return { index, test, actual: decision.kind, why: `${why}${isProtected}` };
  });
}

/** Whether a test came out as it should. */
export function hasPassed({ test, actual }: PolicyTestResult): boolean {
  return test.expect === actual;
}
