import { covers } from "../catalogue/scope.ts";
import type { AskedOperation } from "./asked-operation.ts";
import { decide } from "./decide.ts";
import type { Standing } from "./roles.ts";
import type { Policy } from "./schema.ts";

/** Why somebody may or may not have something done, as sentences about them in the third person. */
export interface Explanation {
  verdict: "allowed" | "needs_approval" | "denied";
  /** The roles they hold and through what, or why they can hold none. */
  standing: string;
  /** For each operation: which grant of which role covers it, or which scope is missing. */
  scopes: string[];
  /** Which approvals would be asked for, or which rule says no. */
  rules: string[];
  /** Roles that have what is missing; empty where nothing is. */
  whoCanGrant: string[];
}

export interface Asked {
  /** The playbook's name, or the operation's where it is a single one. */
  name: string;
  operations: readonly AskedOperation[];
}

/** Somebody else than anybody who asks, protected by nothing. */
const SOMEBODY_ELSE = { slackId: "somebody else", emails: [] };

/** What the policy says of a person and a playbook or an operation, about somebody whom nothing protects. */
export function explain(policy: Policy, standing: Standing, asked: Asked): Explanation {
  const decision = decide({
    policy,
    requester: standing,
    target: SOMEBODY_ELSE,
    targetProtections: [],
    playbook: asked.name,
    operations: asked.operations,
  });
  return {
    verdict: decision.kind,
    standing: standingSentence(standing),
    scopes: asked.operations.map((operation) => scopeSentence(policy, standing, operation)),
    rules: rulesOf(decision),
    whoCanGrant: decision.kind === "denied" ? (decision.whoCanGrant ?? []) : [],
  };
}

function standingSentence({ barred, roles }: Standing): string {
  if (barred !== undefined) return barred;
  if (roles.length === 0) return "They hold no role.";
  return `They hold ${roles.map(({ role, through }) => `${role} (${through})`).join(", ")}.`;
}

function scopeSentence(policy: Policy, { roles }: Standing, operation: AskedOperation): string {
  for (const { role } of roles)
    for (const granted of policy.roles[role]?.scopes ?? []) {
      const needed = operation.scopes.find((scope) => covers(granted, scope));
      if (needed === undefined) continue;
      const covered = granted === needed ? "" : `, which covers ${needed}`;
      return `${operation.name}: ${role} has ${granted}${covered}.`;
    }
  return `${operation.name}: missing, any one of ${operation.scopes.join(", ")}.`;
}

function rulesOf(decision: ReturnType<typeof decide>): string[] {
  if (decision.kind === "needs_approval")
    return decision.rules.map(({ id, description }) => `${id}: ${description}`);
  return decision.kind === "allowed" ? [`${decision.rule}: no approval is needed.`] : [decision.rule];
}
