import type { LoadedPolicy } from "../permission/policy-file/policy.ts";
import { deniedGroups } from "../permission/decide/denials.ts";
import { groupsNeeded, PLAIN_MEMBER, schedulesNeeded, type Standing } from "../permission/decide/roles.ts";
import type { Policy } from "../permission/schema.ts";
import type { Plan } from "../plan/plan.ts";
import { PRESET_PARTS } from "../playbook/lockout-fields.ts";
import { addressesOf } from "../request/address-store.ts";
import { OPERATOR } from "../audit/event.ts";
import { askedOfPlan } from "../workflow/judge/required-permissions.ts";
import { judgeRequest, type Judged } from "../workflow/judge/judge-request.ts";
import { findForLockout } from "../workflow/lockout/find-person.ts";
import { lastOfKind } from "../workflow/lockout/last-administrator.ts";
import { planLockout } from "../workflow/lockout/plan-lockout.ts";
import { isSlackSilent } from "../workflow/start/checked-just-now.ts";
import type { Machine } from "./lockout-machine.ts";

/** What an operator asks for. */
export interface AskedByOperator {
  /** A Slack id or an e-mail. */
  person: string;
  reason: string;
  /** The Slack id that the operator claims. */
  by: string | undefined;
  /** They are sure that the last holder of a power may lose it. */
  evenIfLast: boolean;
}

/** A lockout that may be: its plan, and what the policy said. */
export interface OperatorsLockout {
  plan: Plan;
  judged: Judged;
}

/** Anyone who is at the machine may lock out without approval; only deny rules and the guards hold there. */
function operatorsPolicy(policy: Policy): Policy {
  return {
    ...policy,
    roles: {
      ...policy.roles,
      [OPERATOR]: { members: {}, scopes: ["zoom:*", "cloudflare:*", "slack:*", "deadbolt:*"] },
    },
    approvals: [{ for: { playbook: "lockout" }, approvers: [], count: 0 }],
    protected: [],
    limits: [],
    windows: [],
  };
}

/** The person the operator claims to be, by what Slack says now or by what is known without it. */
async function standingOf(machine: Machine, policy: Policy, by: string | undefined): Promise<Standing> {
  const operator = { role: OPERATOR, through: "the machine that runs Deadbolt" };
  if (by !== undefined) {
    try {
      const standing = await machine.people.standing(by);
      return { ...standing, roles: [...standing.roles, operator] };
    } catch (error) {
      if (!isSlackSilent(error)) throw error;
    }
  }
  const known = by === undefined ? [] : await addressesOf(machine.database, by, machine.now());
  const groups = [...groupsNeeded(policy), ...deniedGroups(policy)];
  return {
    roles: [operator],
    facts: {
      id: by ?? OPERATOR,
      // Nobody is taken for the person whom they lock out for want of an address.
      email: known[0]?.email ?? "operator@localhost",
      teamId: machine.teamId,
      ...PLAIN_MEMBER,
      groups: Object.fromEntries(groups.map((group) => [group, "unanswered" as const])),
      onCall: Object.fromEntries(schedulesNeeded(policy).map((name) => [name, "unknown" as const])),
    },
  };
}

const NOT_KNOWN =
  "Slack does not say whether this is the last person who may lock people out, or approve requests.";

/** Why the operator has to be sure; nothing where others hold the same powers. */
async function guardSentences(
  { database, connector, people }: Machine,
  policy: Policy,
  requester: Standing,
  { plan, zoomUser }: { plan: Plan; zoomUser: unknown },
): Promise<string[]> {
  const { slackId } = plan.target;
  let isUnsure = false;
  const context = {
    database,
    loadedPolicy: () => ({ policy }),
    execute: connector.execute.bind(connector),
    async standing(id: string, roleNames?: readonly string[]) {
      const standing = await people.standing(id, roleNames);
      if (id === slackId && (standing.unanswered ?? []).length > 0) isUnsure = true;
      return standing;
    },
    roleMembers: (roles: readonly string[]) => people.roleMembers(roles),
  };
  try {
    const { sentences } = await lastOfKind(context, requester.facts, plan, zoomUser);
    return isUnsure ? [...sentences, NOT_KNOWN] : sentences;
  } catch (error) {
    if (!isSlackSilent(error)) throw error;
    return [NOT_KNOWN];
  }
}

/**
 * Finds whom an operator means, plans the lockout, and asks what holds on the machine as well: deny rules, and the guards
 * of the last holders of a power.
 * @returns what may be, or why not as a sentence
 */
export async function judgeForOperator(
  machine: Machine,
  loaded: LoadedPolicy,
  { person, reason, by, evenIfLast }: AskedByOperator,
): Promise<OperatorsLockout | { fault: string }> {
  const { database, people, now } = machine;
  const policy = operatorsPolicy(loaded.policy);
  const target = person.includes("@") ? { email: person } : { slackId: person };
  const found = await findForLockout(machine.lookups, OPERATOR, { target });
  if (found.kind === "refused") return { fault: found.refusal.reason };
  if (found.kind === "nowhere") return { fault: "Nobody with this address was found." };
  if (found.kind === "invalid") return { fault: found.faults.map(({ message }) => message).join(" ") };
  const asked = { parts: PRESET_PARTS.full, reason };
  const settings = { playbookSettings: machine.playbookSettings, loadedPolicy: () => loaded };
  const plan = planLockout(settings, asked, found.target, found.zoom)?.plan;
  if (plan === undefined || plan.steps.length === 0)
    return { fault: "Nothing can be done for this person here." };
  const requester = await standingOf(machine, policy, by);
  const judged = await judgeRequest(
    {
      database,
      now,
      targetGroups: (slackIds) => people.targetGroups(slackIds),
      alikeProtected: (unknown) => people.alikeProtected(unknown).catch(() => []),
    },
    policy,
    requester,
    { playbook: plan.playbook, operations: askedOfPlan(plan), target: plan.target },
  );
  const { decision } = judged;
  if (decision.kind === "denied") {
    const { reason, rule, whoCanGrant = [] } = decision;
    const roles = whoCanGrant.length === 0 ? "" : ` Roles that have it: ${whoCanGrant.join(", ")}.`;
    return { fault: `${reason}${roles} Rule: ${rule}.` };
  }
  const about = { plan, zoomUser: found.zoom?.user };
  const guard = evenIfLast ? [] : await guardSentences(machine, loaded.policy, requester, about);
  return guard.length === 0
    ? { plan, judged }
    : { fault: `${guard.join(" ")} Add --even-if-last to do it all the same.` };
}
