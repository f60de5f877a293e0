import { covers } from "../../catalogue/scope.ts";
import { matchingRules, type ApprovalRule } from "../decide/approval-rules.ts";
import { effectsOfAll } from "../decide/asked.ts";
import { isLook, type AskedOperation } from "../decide/asked-operation.ts";
import { isNotInSlack, protectionsFor, waysToBe, type AskedTarget } from "../decide/asked-target.ts";
import { decide } from "../decide/decide.ts";
import { denialsFor } from "../decide/denials.ts";
import { describeDuration } from "../calendar/duration.ts";
import { explainLimits, explainWindows } from "./explain-times.ts";
import { comparePeople, namesKnownOf, sharedName } from "../decide/identities.ts";
import type { PastRequest } from "../decide/limits.ts";
import type { Standing } from "../decide/roles.ts";
import type { Policy } from "../schema.ts";
import type { Sentence } from "./sentence.ts";

/** Why someone may or may not have something done, as sentences about them in the third person. */
export interface Explanation {
  verdict: "allowed" | "needs_approval" | "denied";
  /** The roles they hold and through what, or why they can hold none. */
  roles: Sentence[];
  /** For each operation: which grant of which role covers it, or which scope is missing. */
  scopes: Sentence[];
  /** Who it is about: whether that is the person themselves, and which protections hold. Empty for anybody. */
  target: Sentence[];
  /** Deny rules, approvals that would be asked for, or that no rule covers it. */
  rules: Sentence[];
  /** Windows and limits, open ones as well. */
  times: Sentence[];
  /** Roles that have what is missing; empty where nothing is, or where no role would help. */
  whoCanGrant: string[];
}

export interface PermissionQuestion {
  /** The playbook's name, or the operation's where it is a single one. */
  name: string;
  operations: readonly AskedOperation[];
}

/** A role that someone held when they were judged before. */
export interface HeldBefore {
  role: string;
  through: string;
  at: Date;
}

/** What an explanation depends on besides the policy and the person. */
export interface Circumstances {
  /** About whom; anybody without it, and then nothing that holds for some people only is told. */
  target?: AskedTarget;
  at: Date;
  /** Requests of before, as far back as the longest limit. */
  history: readonly PastRequest[];
  /** The last time that the person was judged holding each role. */
  lastHeld?: readonly HeldBefore[];
}

const ANYBODY: AskedTarget = { isPerson: false, slackIds: [], emails: [], groups: {} };

/**
 * What the policy says of a person who has something done, with every rule that has a part in it.
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function explain(
  policy: Policy,
  standing: Standing,
  asked: PermissionQuestion,
  { target = ANYBODY, at, history, lastHeld = [] }: Circumstances,
): Explanation {
  const { name: playbook, operations } = asked;
  const input = { policy, requester: standing, playbook, operations, at, history };
  // What is missing is told even where it would be refused for being about oneself.
  const aboutAnybody = decide({ ...input, target: ANYBODY });
  const risks = [...new Set(operations.map(({ risk }) => risk))];
  const askedAt = { playbook, risks, effects: effectsOfAll(operations), at };
  const looks = isLook(playbook, operations);
  return {
    verdict: decide({ ...input, target }).kind,
    roles: [...holderSentences(standing), ...lostRoles(policy, standing, lastHeld)],
    scopes: operations.map((operation) => scopeSentence(policy, standing, operation)),
    target: [...oneself(policy, standing, target, looks), ...protections(policy, target, looks)],
    rules: [
      ...denialSentences(policy, standing, target, askedAt),
      ...approvalSentences(policy, asked, target, looks),
    ],
    times: [
      ...explainWindows(policy, askedAt, standing.facts.timeZone),
      // Looking is not counted.
      ...(looks ? [] : explainLimits(policy, askedAt, history)),
    ],
    whoCanGrant: aboutAnybody.kind === "denied" ? (aboutAnybody.whoCanGrant ?? []) : [],
  };
}

function holderSentences({ barred, roles, facts }: Standing): Sentence[] {
  if (barred !== undefined) return [[barred]];
  const held = roles.map(({ role, through }) => `${role} (${through})`).join(", ");
  const silent = Object.keys(facts.onCall).filter((schedule) => facts.onCall[schedule] === "unknown");
  return [
    [held === "" ? "They hold no role." : `They hold ${held}.`],
    ...silent.map((schedule) => [
      `The provider of the schedule ${schedule} cannot be asked now, so nobody counts as on call there.`,
    ]),
  ];
}

function lostRoles(policy: Policy, { roles }: Standing, lastHeld: readonly HeldBefore[]): Sentence[] {
  return lastHeld
    .filter((before) => !roles.some(({ role }) => role === before.role))
    .map(({ role, through, at }) => [
      "On ",
      at,
      ` they held ${role} (${through}); ${Object.hasOwn(policy.roles, role) ? "they no longer do" : "the policy no longer has that role"}.`,
    ]);
}

function scopeSentence(policy: Policy, { roles }: Standing, operation: AskedOperation): Sentence {
  for (const { role } of roles)
    for (const granted of policy.roles[role]?.scopes ?? []) {
      const needed = operation.scopes.find((scope) => covers(granted, scope));
      if (needed === undefined) continue;
      const covered = granted === needed ? "" : `, which covers ${needed}`;
      return [`${operation.name}: ${role} has ${granted}${covered}.`];
    }
  return [`${operation.name}: missing, any one of ${operation.scopes.join(", ")}.`];
}

/** Looking at oneself takes nothing away; all else about oneself is for others to ask. */
function oneself(policy: Policy, { facts }: Standing, target: AskedTarget, looks: boolean): Sentence[] {
  if (looks || target.isPerson === false) return [];
  const own = namesKnownOf(facts);
  const theirs = [...target.slackIds, ...target.emails];
  const compared = comparePeople(policy, own, theirs);
  if (compared === "same") {
    const shared = sharedName(policy, theirs, own);
    return [
      [
        `It is about the person themselves: both are known as ${shared}. Nobody removes their own access here; somebody else has to ask.`,
      ],
    ];
  }
  if (compared === "unknown")
    return [
      [
        "Slack shows no e-mail for them, so it cannot be ruled out that it is about themselves. They would have to choose the person in Slack.",
      ],
    ];
  return [];
}

function protections(policy: Policy, target: AskedTarget, looks: boolean): Sentence[] {
  return (policy.protected ?? []).flatMap(({ members }, index) => {
    const ways = waysToBe(members, target);
    if (ways.length === 0) return [];
    const holds = looks
      ? "which is against losing access, not against being looked at"
      : "so more is asked for";
    return [[`protected[${index}]: the policy protects whom it is about (${ways.join(" and ")}), ${holds}.`]];
  });
}

function denialSentences(
  policy: Policy,
  standing: Standing,
  target: AskedTarget,
  asked: Parameters<typeof denialsFor>[3],
): Sentence[] {
  return denialsFor(policy, standing, target, asked).map(({ id, reason }) => {
    const about = policy.deny?.find((_, index) => id === `deny[${index}]`)?.target;
    const ways = about === undefined ? [] : waysToBe(about, target);
    const through = ways.length === 0 ? "" : ` (whom it is about: ${ways.join(" and ")})`;
    return [`${id} says no${through}: ${reason}`];
  });
}

function approvalSentences(
  policy: Policy,
  asked: PermissionQuestion,
  target: AskedTarget,
  looks: boolean,
): Sentence[] {
  if (asked.operations.length === 0) return [["There is nothing to run."]];
  const protectedBy = looks ? [] : protectionsFor(policy, target);
  const { rules, uncoveredRisk } = matchingRules(policy, asked.name, asked.operations, protectedBy, {
    needsNoRule: looks,
    isInDoubt: isNotInSlack(target),
  });
  const sentences = rules.map((rule): Sentence => [`${rule.id}: ${rule.description}${laterApprovers(rule)}`]);
  if (uncoveredRisk !== undefined)
    return [
      ...sentences,
      [
        `No approval rule covers ${asked.name} with a step that is ${uncoveredRisk}, and without one nothing runs. The policy's owner can add one.`,
      ],
    ];
  return sentences.length === 0 ? [["Looking needs no approval."]] : sentences;
}

function laterApprovers({ escalation, clock }: ApprovalRule): string {
  if (escalation === undefined) return "";
  const after = `${describeDuration(escalation.afterMilliseconds)}${clock === undefined ? "" : " of working time"}`;
  return ` After ${after} the role ${escalation.roles.join(" or ")} may approve as well.`;
}
