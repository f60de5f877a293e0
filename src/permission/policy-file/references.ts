import type { Risk } from "../../catalogue/operation.ts";
import { approvalFaults } from "./approval-faults.ts";
import { namesPlaybook } from "../decide/asked.ts";
import { comparable } from "../decide/identities.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { suggestionFor, unknownNames } from "./suggestion.ts";
import { ownPlaybooks } from "../decide/own-playbooks.ts";
import { playbookFaults } from "./playbook-faults.ts";
import { readAsFarAsPossible, type Readable } from "./readable.ts";

/** A playbook that exists, and what the gravest step of a request for it can be. */
export interface KnownPlaybook {
  name: string;
  risks: readonly Risk[];
  /** A policy need not say anything about it: then nobody may have it done. */
  isOptional?: boolean;
}

/** What one part of a policy says about another and is not so: unknown roles and playbooks, nothing that covers. */
export function referenceFaults(document: unknown, playbooks: readonly KnownPlaybook[]): FaultAtPath[] {
  const policy = readAsFarAsPossible(document);
  return [
    ...roleFaults(policy),
    ...onCallFaults(policy),
    ...identityFaults(policy),
    ...denialFaults(policy),
    ...windowFaults(policy),
    ...breakGlassFaults(policy),
    ...limitFaults(policy),
    ...approvalFaults(policy),
    ...playbookFaults(policy),
    ...playbookNameFaults(policy, [
      ...playbooks.map(({ name }) => name),
      ...Object.keys(policy.playbooks ?? {}),
    ]),
    ...coverageFaults(policy, [...playbooks, ...ownPlaybooks(policy)]),
  ];
}

function rolesOf(policy: Readable): string[] | undefined {
  return policy.roles && Object.keys(policy.roles);
}

function roleFaults(policy: Readable): FaultAtPath[] {
  if (policy.roles === undefined) return [];
  if (Object.keys(policy.roles).length === 0)
    return [
      { path: ["roles"], message: "A policy needs at least one role; without one nobody may do anything." },
    ];
  const schedules = Object.keys(policy.on_call ?? {});
  return Object.entries(policy.roles).flatMap(([name, { members }]) =>
    unknownNames("schedule", members?.on_call, schedules, ["roles", name, "members", "on_call"]),
  );
}

function onCallFaults(policy: Readable): FaultAtPath[] {
  const roles = rolesOf(policy);
  return Object.entries(policy.on_call ?? {}).flatMap(([name, { fallback }]): FaultAtPath[] => {
    if (fallback === undefined || roles === undefined) return [];
    const path = ["on_call", name, "fallback"];
    if (!roles.includes(fallback))
      return [{ path, message: `There is no role \`${fallback}\`.`, ...suggestionFor(fallback, roles) }];
    // Were it on call itself, whoever stands in would hang on a schedule that may be down as well.
    return policy.roles?.[fallback]?.members?.on_call === undefined
      ? []
      : [{ path, message: `The role \`${fallback}\` is on call itself, so it cannot stand in.` }];
  });
}

function identityFaults(policy: Readable): FaultAtPath[] {
  const seen = new Map<string, number>();
  return (policy.identities ?? []).flatMap((person, index) =>
    (person ?? []).flatMap((name, position): FaultAtPath[] => {
      if (typeof name !== "string") return [];
      const known = seen.get(comparable(name));
      seen.set(comparable(name), index);
      if (known === undefined) return [];
      const where = known === index ? "in this list already" : `in identities[${known}] as well`;
      return [{ path: ["identities", index, position], message: `\`${name}\` is ${where}.` }];
    }),
  );
}

/** An empty list in a deny rule names nobody, so the rule would never deny: surely not what was meant. */
function denialFaults(policy: Readable): FaultAtPath[] {
  return (policy.deny ?? []).flatMap((denial, index) => {
    const path = ["deny", index];
    const faults = unknownNames("role", denial.who?.roles, rolesOf(policy), [...path, "who", "roles"]);
    if (denial.for === undefined && denial.who === undefined && denial.target === undefined)
      faults.push({ path, message: "Say what this denies: `for`, `who`, `target`, or several of them." });
    if (denial.for !== undefined && isAboutNothing(denial.for))
      faults.push({ path: [...path, "for"], message: SAY_WHAT });
    for (const key of ["who", "target"] as const) {
      const named = denial[key];
      if (named !== undefined && Object.values(named).every((list) => (list ?? []).length === 0))
        faults.push({ path: [...path, key], message: "This names nobody, so the rule would never deny." });
    }
    return faults;
  });
}

function windowFaults(policy: Readable): FaultAtPath[] {
  const calendars = Object.keys(policy.calendars ?? {});
  return (policy.windows ?? []).flatMap(({ for: asked, during }, index): FaultAtPath[] => [
    ...(during === undefined || calendars.includes(during)
      ? []
      : [
          {
            path: ["windows", index, "during"],
            message: `There is no calendar \`${during}\`.`,
            ...suggestionFor(during, calendars),
          },
        ]),
    ...(asked !== undefined && isAboutNothing(asked)
      ? [{ path: ["windows", index, "for"], message: SAY_WHAT }]
      : []),
  ]);
}

function breakGlassFaults(policy: Readable): FaultAtPath[] {
  const review = policy.break_glass?.review;
  const path = ["break_glass", "review"];
  return [
    ...unknownNames("role", review?.by, rolesOf(policy), [...path, "by"]),
    ...unknownNames("role", review?.escalate, rolesOf(policy), [...path, "escalate"]),
  ];
}

const SAY_WHAT = "Say what this is for: a playbook, a risk, or both. An `effect` says it as well.";

/** Whether `for` says nothing: what is for everything leaves it out. */
function isAboutNothing(asked: { playbook?: unknown; risk?: unknown; effect?: unknown }): boolean {
  return asked.playbook === undefined && asked.risk === undefined && asked.effect === undefined;
}

function limitFaults(policy: Readable): FaultAtPath[] {
  return (policy.limits ?? []).flatMap((limit, index) =>
    limit.for !== undefined && isAboutNothing(limit.for)
      ? [{ path: ["limits", index, "for"], message: SAY_WHAT }]
      : [],
  );
}

function playbookNameFaults(policy: Readable, names: readonly string[]): FaultAtPath[] {
  const uses = [
    ...(["approvals", "deny", "windows", "limits"] as const).flatMap((list) =>
      (policy[list] ?? []).map((rule, index) => ({
        name: rule.for?.playbook,
        path: [list, index, "for", "playbook"],
      })),
    ),
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

function coverageFaults(policy: Readable, playbooks: readonly KnownPlaybook[]): FaultAtPath[] {
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
            // Whether it speaks for every grave step depends on what is asked for.
            scope.effect === undefined &&
            (scope.playbook === undefined || namesPlaybook(scope.playbook, name)) &&
            (scope.risk === undefined || risks.some((risk) => risk === scope.risk)),
        ),
    )
    .map(({ name }) => ({
      path: ["approvals"],
      message: `No approval rule covers the playbook \`${name}\`, so it would always be denied. Add one; \`count: 0\` lets it run at once.`,
    }));
}
