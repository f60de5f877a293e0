import { matchingRules, type ApprovalRule } from "./approval-rules.ts";
import { effectsOfAll, type AskedFor } from "./asked.ts";
import { isLook, type AskedOperation } from "./asked-operation.ts";
import { doubtAbout, isNotInSlack, type AskedTarget } from "./asked-target.ts";
import { COUNTER, COUNTER_REASON, counterRule } from "./counter.ts";
import { comparePeople, namesKnownOf } from "./identities.ts";
import { BREAK_GLASS_SCOPE, holds, rolesWith } from "./role-scopes.ts";
import { reachedBreakGlassLimit, reachedLimits, type PastRequest } from "./limits.ts";
import { requireAnswers, type PersonFacts, type Standing } from "./roles.ts";
import type { Policy } from "../schema.ts";
import { restrictionsOn } from "./unchecked.ts";
import { shutWindows } from "./windows.ts";

/** What is asked, by whom, about whom and when. */
export interface DecisionInput {
  policy: Policy;
  requester: Standing;
  target: AskedTarget;
  playbook: string;
  operations: readonly AskedOperation[];
  at: Date;
  /** Requests of before, as far back as the longest limit. */
  history: readonly PastRequest[];
  /** Whether it is to run at once, without the approvals that it would need. */
  breaksGlass?: boolean;
  /**
   * Whether the target has asked for, or approved, that the requester's own access be taken, and that waits or runs.
   */
  isCounter?: boolean;
}

/** The answer, always with the rule that said so. */
export type Decision =
  | {
      kind: "denied";
      rule: string;
      reason: string;
      /** The narrowest scope that would do, for each operation that lacks one. */
      missing?: string[];
      /** Roles that would grant what is missing. */
      whoCanGrant?: string[];
      /** When the same request would no longer be denied for this reason. */
      notBefore?: Date;
    }
  | {
      kind: "allowed";
      rule: string;
      because: string;
      /** The approvals that were passed over, where break-glass was used. */
      skipped?: ApprovalRule[];
      /** What could not be checked, as one sentence. */
      unchecked?: string;
    }
  | { kind: "needs_approval"; rules: ApprovalRule[]; because: string; unchecked?: string };

type Denied = Extract<Decision, { kind: "denied" }>;

const NOT_ONESELF = "nobody removes their own access here";
/** What undoes a lockout. */
const RELEASE = "release";

/**
 * Whether the requester may have this run: no, yes, or once others approve. Every rule that matches applies, each on
 * its own, so their order in the file means nothing. A deny rule ends it, whatever else is granted.
 * What only looks needs no approval rule.
 * @throws MissingGroupFactError when a user group that matters was not looked up, and UnansweredGroupError when Slack
 * could not be asked about one that could give the role that is missing
 */
export function decide(input: DecisionInput): Decision {
  const { policy, requester, operations, playbook, at } = input;
  const looks = isLook(playbook, operations);
  const risks = [...new Set(operations.map(({ risk }) => risk))];
  const asked = { playbook, risks, effects: effectsOfAll(operations) };

  const oneself = looks ? undefined : refuseOneself(policy, requester.facts, input.target);
  if (oneself) return oneself;
  if (requester.barred !== undefined)
    return { kind: "denied", rule: "guests, bots and outsiders hold no role", reason: requester.barred };
  if (operations.length === 0)
    return { kind: "denied", rule: "a request does something", reason: "There is nothing to run." };

  const held = requester.roles.filter(({ role }) => Object.hasOwn(policy.roles, role));
  const lacking = operations.filter((operation) => !held.some(({ role }) => grants(policy, role, operation)));
  if (lacking.length > 0) return refuseForScopes(policy, requester, lacking);

  const breaksGlass = input.breaksGlass === true;
  const { denials, protections, unchecked } = restrictionsOn(policy, requester, input.target, {
    ...asked,
    looks,
    breaksGlass,
  });
  if (denials.length > 0)
    return {
      kind: "denied",
      rule: denials.map(({ id }) => id).join(", "),
      reason: [...denials.map(({ reason }) => reason), ...doubtAbout(input.target)].join(" "),
    };

  const matching = matchingRules(policy, playbook, operations, protections, {
    needsNoRule: looks,
    isInDoubt: isNotInSlack(input.target),
  });
  if (matching.uncoveredRisk !== undefined)
    return {
      kind: "denied",
      rule: `no approval rule covers ${playbook} with a step that is ${matching.uncoveredRisk}`,
      reason: `The policy has no approval rule for ${playbook} with a step that is ${matching.uncoveredRisk}, and without one nothing runs. The policy's owner can add one.`,
    };

  const useful = held.filter(({ role }) => operations.some((operation) => grants(policy, role, operation)));
  const grantedBy = useful.map(({ role, through }) => `${role} (${through})`).join(", ");
  const pending = matching.rules.filter((rule) => rule.stages.length > 0);
  if (playbook === RELEASE && (pending.length === 0 || breaksGlass))
    return {
      kind: "denied",
      rule: "a release needs an approval",
      reason:
        "Giving somebody their access back is never urgent enough to be done by one person alone, and the policy asks for no approval here.",
    };
  if (input.isCounter === true && !looks) {
    const counter = counterRule(policy);
    if (breaksGlass || counter === undefined)
      return { kind: "denied", rule: COUNTER, reason: COUNTER_REASON };
    if (pending.length === 0) pending.push(counter);
  }
  if (breaksGlass) return breakGlass(input, { grantedBy: grantedBy, pending, unchecked });

  const untimely = refuseForTime(policy, asked, input.history, at, requester.facts.timeZone, looks);
  if (untimely) return untimely;
  if (pending.length > 0)
    return {
      kind: "needs_approval",
      rules: pending,
      because: `You may ask for this as ${grantedBy}. ${pending.map((rule) => rule.description).join(" ")}`,
      unchecked,
    };
  return {
    kind: "allowed",
    rule: matching.rules.map((rule) => rule.id).join(", ") || "looking needs no approval",
    because: `You may do this as ${grantedBy}, and the policy asks for no approval.`,
    unchecked,
  };
}

/** Limits and windows; looking is not counted, and only windows can shut it. */
function refuseForTime(
  policy: Policy,
  asked: AskedFor,
  history: readonly PastRequest[],
  at: Date,
  timeZone: string | undefined,
  looks: boolean,
): Denied | undefined {
  const shut = shutWindows(policy, asked, at, timeZone);
  const full = looks ? [] : reachedLimits(policy, asked, history, at);
  if (shut.length === 0 && full.length === 0) return undefined;
  const times = [...shut.map(({ opensAt }) => opensAt), ...full.map(({ freeAt }) => freeAt)];
  const known = times.filter((time) => time !== undefined).map((time) => time.getTime());
  return {
    kind: "denied",
    rule: [...shut, ...full].map(({ id }) => id).join(", "),
    reason: [...shut, ...full].map(({ sentence }) => sentence).join(" "),
    ...(known.length < times.length ? {} : { notBefore: new Date(Math.max(...known)) }),
  };
}

/** Neither approvals nor windows nor ordinary limits hold up who may break glass; a limit of its own does. */
function breakGlass(
  { policy, requester, history, at }: DecisionInput,
  { grantedBy, pending, unchecked }: { grantedBy: string; pending: ApprovalRule[]; unchecked?: string },
): Decision {
  const rule = "break_glass";
  if (policy.break_glass === undefined)
    return {
      kind: "denied",
      rule,
      reason: "The policy has no break_glass, so nothing runs without its approvals.",
    };
  const may = requester.roles.some(({ role }) => holds(policy, role, BREAK_GLASS_SCOPE));
  if (!may) {
    requireAnswers(requester);
    const names = rolesWith(policy, BREAK_GLASS_SCOPE);
    return {
      kind: "denied",
      rule: `break-glass needs the scope ${BREAK_GLASS_SCOPE}`,
      reason: `None of your roles has ${BREAK_GLASS_SCOPE}.${names.length === 0 ? " No role in the policy has it." : ""}`,
      missing: [BREAK_GLASS_SCOPE],
      whoCanGrant: names,
    };
  }
  const reached = reachedBreakGlassLimit(policy, history, at);
  if (reached !== undefined)
    return { kind: "denied", rule: reached.id, reason: reached.sentence, notBefore: reached.freeAt };
  return {
    kind: "allowed",
    rule,
    because: `Break-glass: it runs at once, by ${grantedBy}. Skipped approvers are notified, and someone else must review it.`,
    skipped: pending,
    unchecked,
  };
}

function grants(policy: Policy, role: string, operation: AskedOperation): boolean {
  return operation.scopes.some((needed) => holds(policy, role, needed));
}

function refuseOneself(policy: Policy, requester: PersonFacts, target: AskedTarget): Denied | undefined {
  if (target.isPerson === false) return undefined;
  const compared = comparePeople(policy, namesKnownOf(requester), [...target.slackIds, ...target.emails]);
  if (compared === "same")
    return {
      kind: "denied",
      rule: NOT_ONESELF,
      reason: "This request is about yourself. Somebody else has to ask for it.",
    };
  if (compared === "unknown")
    return {
      kind: "denied",
      rule: NOT_ONESELF,
      reason:
        "Slack shows no e-mail for you, so it cannot be ruled out that this is about yourself. Choose the person in Slack instead.",
    };
  return undefined;
}

function refuseForScopes(policy: Policy, requester: Standing, lacking: readonly AskedOperation[]): Denied {
  requireAnswers(requester);
  const names = Object.keys(policy.roles);
  const forAll = names.filter((role) => lacking.every((operation) => grants(policy, role, operation)));
  const whoCanGrant =
    forAll.length > 0
      ? forAll
      : names.filter((role) => lacking.some((operation) => grants(policy, role, operation)));
  const missing = [
    ...new Set(lacking.map((operation) => operation.scopes[0] ?? `any scope for ${operation.name}`)),
  ];
  const roles = requester.roles.map(({ role }) => role).join(", ");
  const remedy = whoCanGrant.length > 0 ? "" : " No role in the policy has it.";
  return {
    kind: "denied",
    rule: "every step needs a scope that one of your roles grants",
    reason: `${roles === "" ? "You hold no role" : `Your role ${roles} does not suffice`}: missing ${missing.join(", ")} (for ${lacking.map((operation) => operation.name).join(", ")}).${remedy}`,
    missing,
    whoCanGrant,
  };
}
