import type { Risk } from "../catalogue/operation.ts";
import { describeDuration, parseDuration } from "./duration.ts";
import type { ApprovalEntry, Policy, ProtectedEntry } from "./schema.ts";

/** One approval that a request needs: `count` different people, each holding one of the roles. */
export interface ApprovalRule {
  /** Where it stands in the policy: `approvals[0]`, `protected[0]`. */
  id: string;
  /** What it asks for, as one sentence. */
  description: string;
  approverRoles: string[];
  count: number;
  expiresMilliseconds: number;
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
 * Every approval rule that applies to a request. A rule for a risk applies when any step has that risk; but only a
 * rule that speaks for the gravest step covers the request, so a lenient rule for reads cannot let a deletion pass.
 * @param needsNoRule whether the request is covered even where no rule speaks for it
 * @throws RangeError when a protection is not one of the policy's
 */
export function matchingRules(
  policy: Policy,
  playbook: string,
  operations: readonly { name: string; risk: Risk }[],
  protections: readonly number[],
  needsNoRule = false,
): MatchingRules {
  const gravest =
    GRAVITY.findLast((risk) => operations.some((operation) => operation.risk === risk)) ?? "irreversible";
  let isCovered = needsNoRule;
  const rules: ApprovalRule[] = [];
  for (const [index, entry] of policy.approvals.entries()) {
    const { playbook: onlyPlaybook, risk } = entry.for;
    // The policy's own checks refuse such a rule; were one to come through, it must not match everything.
    if (onlyPlaybook === undefined && risk === undefined) continue;
    if (onlyPlaybook !== undefined && !namesPlaybook(onlyPlaybook, playbook)) continue;
    const reasons = operations
      .filter((operation) => operation.risk === risk)
      .map((operation) => operation.name);
    if (risk !== undefined && reasons.length === 0) continue;
    if (risk === undefined || risk === gravest) isCovered = true;
    const because =
      risk === undefined
        ? `the request is ${playbook}`
        : `${reasons.join(", ")} ${reasons.length > 1 ? "are" : "is"} ${risk === "read" ? "only reading" : risk}`;
    rules.push(describeRule(`approvals[${index}]`, entry, because));
  }
  for (const index of new Set(protections)) {
    const entry = policy.protected?.[index];
    if (!entry) throw new RangeError(`The policy has no protected[${index}].`);
    rules.push(describeRule(`protected[${index}]`, entry, "the policy protects this person"));
  }
  return isCovered ? { rules } : { rules, uncoveredRisk: gravest };
}

/** Whether a rule's playbook is this one: by its name, or by `zoom.*` for every single operation of Zoom's. */
export function namesPlaybook(written: string, playbook: string): boolean {
  return written === playbook || (written.endsWith(".*") && playbook.startsWith(written.slice(0, -1)));
}

function describeRule(id: string, entry: ApprovalEntry | ProtectedEntry, because: string): ApprovalRule {
  const expiresMilliseconds = parseDuration(entry.expires ?? DEFAULT_EXPIRY);
  if (expiresMilliseconds === undefined) throw new RangeError(`${id} has an unreadable duration.`);
  const people = entry.count === 1 ? "One person" : `${entry.count} different people`;
  const roles = [...new Set(entry.approvers)];
  const description =
    entry.count === 0
      ? `No approval is needed, because ${because}.`
      : `${people} with the role ${roles.join(" or ")} must approve within ${describeDuration(expiresMilliseconds)}, because ${because}.`;
  return { id, description, approverRoles: roles, count: entry.count, expiresMilliseconds, because };
}
