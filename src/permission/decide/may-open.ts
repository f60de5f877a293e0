import { findOperation } from "../../catalogue/registry.ts";
import { covers } from "../../catalogue/scope.ts";
import type { Policy } from "../schema.ts";
import { askedOperation } from "./asked-operation.ts";
import { askedPlaybook } from "./asked-playbook.ts";
import { ownPlaybooks } from "./own-playbooks.ts";
import { BREAK_GLASS_SCOPE, holds } from "./role-scopes.ts";
import { requireAnswers, type Standing } from "./roles.ts";

/** The least that the person who opens the offboarding form must be allowed to do. */
const OFFBOARD_OPERATION = askedOperation(findOperation("zoom.user.updateStatus"));

/**
 * Why someone may not open the form of a playbook, whoever it will be about; undefined where they may. It only spares
 * them a form: the submission is decided by itself.
 * @throws UnansweredGroupError when Slack could not be asked about a user group that could give the role
 */
export function openingRefusal(
  policy: Policy,
  standing: Standing,
  playbook: string,
):
  | { rule: string; reason: string; next?: string; wanted?: { roles: string[]; not: string[] }[] }
  | undefined {
  const { roles } = policy;
  const granted = standing.roles.flatMap(({ role }) => roles[role]?.scopes ?? []);
  const [asked = OFFBOARD_OPERATION] = askedPlaybook(playbook);
  // The form of a lockout offers the playbooks of the policy's own as well.
  const own = playbook === "lockout" ? ownPlaybooks(policy) : [];
  const ways = [[asked], ...own.map((one) => one.operations())];
  const holds = (scopes: readonly string[]) =>
    ways.some((needed) =>
      needed.every((one) => one.scopes.some((wanted) => scopes.some((held) => covers(held, wanted)))),
    );
  if (holds(granted)) return undefined;
  requireAnswers(standing);
  const able = Object.keys(roles).filter((name) => holds(roles[name]?.scopes ?? []));
  return {
    rule: `${playbook} needs the scope ${asked.scopes[0]}`,
    reason: `${standing.barred ?? "None of your roles grants it."} Nothing was opened.`,
    ...(able.length === 0
      ? { next: "No role in the policy has it." }
      : { wanted: [{ roles: able, not: [standing.facts.id] }] }),
  };
}

/** Whether someone could use break-glass at all: only to offer it, the decision is made with the request. */
export function mayBreakGlass(policy: Policy, requester: Standing): boolean {
  return (
    policy.break_glass !== undefined &&
    requester.roles.some(({ role }) => holds(policy, role, BREAK_GLASS_SCOPE))
  );
}
