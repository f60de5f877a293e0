import { z } from "zod";
import type { Risk } from "../catalogue/operation.ts";
import { namesPlaybook } from "./approval-rules.ts";
import { suggest } from "./suggestion.ts";

/** A playbook that exists, and what the gravest step of a request for it can be. */
export interface KnownPlaybook {
  name: string;
  risks: readonly Risk[];
  /** A policy need not say anything about it: then nobody may have it done. */
  isOptional?: boolean;
}

/** A fault by the path of keys and indexes that leads to it. */
export interface LocatedFault {
  path: readonly (string | number)[];
  message: string;
  suggestion?: string;
}

// Reads whatever is readable, so that a slip in one place does not hide the faults in another.
const text = z.string().optional().catch(undefined);
const entry = z
  .object({
    for: z.object({ playbook: text, risk: text }).optional().catch(undefined),
    approvers: z.array(z.unknown()).optional().catch(undefined),
    count: z.number().optional().catch(undefined),
    expires: z.unknown().optional(),
  })
  .catch({ expires: null });
const readable = z
  .object({
    roles: z.record(z.string(), z.unknown()).optional().catch(undefined),
    approvals: z.array(entry).optional().catch(undefined),
    protected: z.array(entry).optional().catch(undefined),
    tests: z
      .array(z.object({ asks: z.object({ playbook: text }).catch({}) }).catch({ asks: {} }))
      .optional()
      .catch(undefined),
  })
  .catch({});
type Readable = z.output<typeof readable>;

/** What one part of a policy says about another and is not so: unknown roles and playbooks, nothing that covers. */
export function referenceFaults(document: unknown, playbooks: readonly KnownPlaybook[]): LocatedFault[] {
  const policy = readable.parse(document);
  return [
    ...roleFaults(policy),
    ...entryFaults(policy),
    ...playbookNameFaults(policy, playbooks),
    ...coverageFaults(policy, playbooks),
  ];
}

function roleFaults(policy: Readable): LocatedFault[] {
  return policy.roles !== undefined && Object.keys(policy.roles).length === 0
    ? [{ path: ["roles"], message: "A policy needs at least one role; without one nobody may do anything." }]
    : [];
}

function entryFaults(policy: Readable): LocatedFault[] {
  const faults: LocatedFault[] = [];
  const roles = policy.roles && Object.keys(policy.roles);
  for (const list of ["approvals", "protected"] as const)
    for (const [index, { approvers, count, expires, for: scope }] of (policy[list] ?? []).entries()) {
      for (const [position, name] of (approvers ?? []).entries())
        if (typeof name === "string" && roles && !roles.includes(name))
          faults.push({
            path: [list, index, "approvers", position],
            message: `There is no role \`${name}\`.`,
            ...suggestionFor(name, roles),
          });
      if (approvers?.length === 0 && count !== 0)
        faults.push({
          path: [list, index, "approvers"],
          message: "Approvals are asked for, but no role may give them.",
        });
      if (list === "protected") continue;
      if (scope && scope.playbook === undefined && scope.risk === undefined)
        faults.push({
          path: [list, index, "for"],
          message: "Say what this is for: a playbook, a risk, or both.",
        });
      if (expires === undefined && count !== undefined && count > 0)
        faults.push({ path: [list, index], message: "Say when waiting ends: `expires`, such as 24h." });
    }
  return faults;
}

function playbookNameFaults(policy: Readable, playbooks: readonly KnownPlaybook[]): LocatedFault[] {
  const names = playbooks.map((playbook) => playbook.name);
  const uses = [
    ...(policy.approvals ?? []).map((rule, index) => ({
      name: rule.for?.playbook,
      path: ["approvals", index, "for", "playbook"],
    })),
    ...(policy.tests ?? []).map(({ asks }, index) => ({
      name: asks.playbook,
      path: ["tests", index, "asks", "playbook"],
    })),
  ];
  return uses.flatMap(({ name, path }) =>
    name === undefined || names.some((known) => namesPlaybook(name, known))
      ? []
      : [{ path, message: `There is no playbook \`${name}\`.`, ...suggestionFor(name, names) }],
  );
}

function coverageFaults(policy: Readable, playbooks: readonly KnownPlaybook[]): LocatedFault[] {
  const rules = policy.approvals;
  if (!rules) return [];
  return playbooks
    .filter(
      ({ name, risks, isOptional }) =>
        isOptional !== true &&
        !rules.some(
          ({ for: scope }) =>
            scope &&
            (scope.playbook ?? scope.risk) !== undefined &&
            (scope.playbook === undefined || namesPlaybook(scope.playbook, name)) &&
            (scope.risk === undefined || risks.some((risk) => risk === scope.risk)),
        ),
    )
    .map(({ name }) => ({
      path: ["approvals"],
      message: `No approval rule covers the playbook \`${name}\`, so it would always be denied. Add one; \`count: 0\` lets it run at once.`,
    }));
}

function suggestionFor(written: string, candidates: readonly string[]): { suggestion?: string } {
  const suggestion = suggest(written, candidates);
  return suggestion === undefined ? {} : { suggestion };
}
