import type { Effect } from "../../catalogue/effect.ts";
import type { Risk } from "../../catalogue/operation.ts";
import { namesPlaybook } from "./asked.ts";
import { calendarOf } from "./calendars.ts";
import type { Calendar } from "../calendar/calendar.ts";
import { describeDuration, parseDuration } from "../calendar/duration.ts";
import { VENDOR_NAMES, type Vendor } from "../../catalogue/vendor.ts";
import type { ApprovalEntry, WhatIsAsked, Policy, ProtectedEntry } from "../schema.ts";

/** How many different people, each holding one of the roles or named. */
export interface ApprovalPart {
  roles: string[];
  people: string[];
  count: number;
}

/** What must be reached before the next stage begins: every part of it. */
export interface ApprovalStage {
  name?: string;
  parts: ApprovalPart[];
}

/** The approvals that one rule of the policy asks for. */
export interface ApprovalRule {
  /** Where it stands in the policy: `approvals[0]`, `protected[0]`. */
  id: string;
  /** What it asks for, as one sentence. */
  description: string;
  /** One after another; none where no approval is needed. */
  stages: ApprovalStage[];
  expiresMilliseconds: number;
  /** Whether an approval counts only with a one-time password. */
  secondFactor: boolean;
  /** When whoever has not decided is reminded, in milliseconds of the rule's clock. */
  remindMilliseconds: number[];
  /** When these roles may decide as well. */
  escalation?: { afterMilliseconds: number; roles: string[] };
  /** Only its open time counts; all time without it. */
  clock?: Calendar;
  /** Why it applies, as part of a sentence. */
  because: string;
}

/** The rules that apply; `uncoveredRisk` when none of them speaks for the gravest step. */
export interface MatchingRules {
  rules: ApprovalRule[];
  uncoveredRisk?: Risk;
}

const GRAVITY: readonly Risk[] = ["read", "reversible", "irreversible"];
const DEFAULT_EXPIRY = "24h";

/**
 * Every approval rule that applies to a request. A rule for a risk or an effect applies when any step has it; but only a
 * rule that speaks for every one of the gravest steps covers the request, so a lenient rule for reads cannot let a
 * deletion pass.
 * @param needsNoRule whether the request is covered even where no rule speaks for it
 * @param isInDoubt whether Slack does not know the person, so that they only may be one of the protected
 * @throws RangeError when a protection is not one of the policy's
 */
export function matchingRules(
  policy: Policy,
  playbook: string,
  operations: readonly { name: string; risk: Risk; effects?: readonly Effect[] }[],
  protections: readonly number[],
  { needsNoRule = false, isInDoubt = false }: { needsNoRule?: boolean; isInDoubt?: boolean } = {},
): MatchingRules {
  const gravest =
    GRAVITY.findLast((risk) => operations.some((operation) => operation.risk === risk)) ?? "irreversible";
  const graveSteps = operations.filter((operation) => operation.risk === gravest);
  let isCovered = needsNoRule;
  const rules: ApprovalRule[] = [];
  for (const [index, entry] of policy.approvals.entries()) {
    const { playbook: onlyPlaybook, risk, effect } = entry.for;
    // The policy's own checks refuse such a rule; were one to come through, it must not match everything.
    if (onlyPlaybook === undefined && risk === undefined && effect === undefined) continue;
    if (onlyPlaybook !== undefined && !namesPlaybook(onlyPlaybook, playbook)) continue;
    const isForAll = risk === undefined && effect === undefined;
    const meant = operations.filter(
      (operation) =>
        (risk === undefined || operation.risk === risk) &&
        (effect === undefined || (operation.effects ?? []).includes(effect)),
    );
    if (!isForAll && meant.length === 0) continue;
    if (isForAll || graveSteps.every((operation) => meant.includes(operation))) isCovered = true;
    const because = isForAll ? `the request is ${playbook}` : reasonOf(meant, { risk, effect });
    rules.push(describeRule(policy, `approvals[${index}]`, entry, because));
  }
  for (const index of new Set(protections)) {
    const entry = policy.protected?.[index];
    if (!entry) throw new RangeError(`The policy has no protected[${index}].`);
    rules.push(
      describeRule(
        policy,
        `protected[${index}]`,
        entry,
        isInDoubt
          ? "Slack does not know this person, and they may be one whom the policy protects (a mention in Slack settles it)"
          : "the policy protects this person",
      ),
    );
  }
  return isCovered ? { rules } : { rules, uncoveredRisk: gravest };
}

/** What a rule for a risk or an effect applies because of: `zoom.user.delete is irreversible`. */
function reasonOf(meant: readonly { name: string }[], { risk, effect }: WhatIsAsked): string {
  const names = meant.map(({ name }) => name).join(", ");
  const [be, s] = meant.length > 1 ? ["are", ""] : ["is", "s"];
  const [verb = "", vendor = ""] = (effect ?? "").split("-");
  return [
    ...(risk === undefined ? [] : [`${names} ${be} ${risk === "read" ? "only reading" : risk}`]),
    ...(effect === undefined
      ? []
      : [`${names} ${verb.slice(0, -1)}${s} access to ${VENDOR_NAMES[vendor as Vendor]}`]),
  ].join(", and ");
}

function milliseconds(id: string, duration: string): number {
  const parsed = parseDuration(duration);
  if (parsed === undefined) throw new RangeError(`${id} has an unreadable duration.`);
  return parsed;
}

function describeRule(
  policy: Policy,
  id: string,
  entry: ApprovalEntry | ProtectedEntry,
  because: string,
): ApprovalRule {
  const stages = stagesOf(entry);
  const expiresMilliseconds = milliseconds(id, entry.expires ?? DEFAULT_EXPIRY);
  const { escalate } = entry;
  const clock = entry.clock === undefined ? undefined : calendarOf(policy, entry.clock);
  const within = `within ${describeDuration(expiresMilliseconds)}${clock === undefined ? "" : " of working time"}`;
  const secondFactor = entry.second_factor ?? false;
  const factor = secondFactor ? ", each with a one-time password," : "";
  const description =
    stages.length === 0
      ? `No approval is needed, because ${because}.`
      : `${describeStages(stages)} must approve${factor} ${within}, because ${because}.`;
  return {
    id,
    description,
    stages,
    expiresMilliseconds,
    secondFactor,
    remindMilliseconds: (entry.remind ?? [])
      .map((after) => milliseconds(id, after))
      .toSorted((a, b) => a - b),
    ...(escalate === undefined
      ? {}
      : {
          escalation: {
            afterMilliseconds: milliseconds(id, escalate.after),
            roles: [...new Set(escalate.to)],
          },
        }),
    ...(clock === undefined ? {} : { clock }),
    because,
  };
}

type Approvers = Pick<ApprovalEntry, "approvers" | "people" | "match" | "count">;

function stagesOf(entry: ApprovalEntry | ProtectedEntry): ApprovalStage[] {
  if (entry.stages !== undefined)
    return entry.stages.map(({ name, ...approvers }) => ({
      ...(name === undefined ? {} : { name }),
      parts: partsOf(approvers),
    }));
  const parts = partsOf(entry);
  return parts.length === 0 ? [] : [{ parts }];
}

/** `any` is one part that all may fill; `all` is a part for each role and person. None where nobody need approve. */
function partsOf({ approvers = [], people = [], match = "any", count = 1 }: Approvers): ApprovalPart[] {
  if (count === 0) return [];
  const roles = [...new Set(approvers)];
  const named = [...new Set(people)];
  if (match === "any") return [{ roles, people: named, count }];
  return [
    ...roles.map((role) => ({ roles: [role], people: [], count })),
    ...named.map((id) => ({ roles: [], people: [id], count: 1 })),
  ];
}

/** How many people of which roles a part asks for: `2 different people with the role security`. */
export function describePart({ roles, people, count }: ApprovalPart): string {
  const named = people.map((id) => `<@${id}>`);
  if (roles.length === 0 && count === 1 && named.length === 1) return named[0] ?? "";
  const who = [...(roles.length === 0 ? [] : [`with the role ${roles.join(" or ")}`]), ...named].join(" or ");
  return `${count === 1 ? "one person" : `${count} different people`} ${who}`;
}

/** Whom a rule asks for, stage after stage, as the beginning of a sentence. */
export function describeStages(stages: readonly ApprovalStage[]): string {
  const texts = stages.map(({ name, parts }) => {
    const people = parts.map(describePart).join(" and ");
    return name === undefined ? people : `${people} (${name})`;
  });
  const sentence = texts.join(", then ");
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
