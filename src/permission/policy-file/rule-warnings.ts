import type { Effect } from "../../catalogue/effect.ts";
import type { Risk } from "../../catalogue/operation.ts";
import { parseDuration } from "../calendar/duration.ts";
import { namesPlaybook, speaksOf } from "../decide/asked.ts";
import { BREAK_GLASS_SCOPE, holds } from "../decide/role-scopes.ts";
import type { ApprovalEntry, WhatIsAsked, Policy, ProtectedEntry, Targets } from "../schema.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { repeated } from "./role-warnings.ts";
import type { KnownPlaybook } from "./references.ts";

type Path = readonly (string | number)[];
type Asking = Pick<
  ProtectedEntry,
  "approvers" | "people" | "match" | "stages" | "count" | "expires" | "escalate"
>;

/** Nobody reads a message, opens it and approves in less: the request expires before anyone can act. */
const SHORTEST_EXPIRY_MILLISECONDS = 10 * 60_000;

/** What every lockout does. */
const LOCKOUT_EFFECTS = ["closes-zoom", "closes-cloudflare"] as const;

/** What is legal in the rules and surely not meant. */
export function ruleWarnings(policy: Policy, playbooks: readonly KnownPlaybook[]): FaultAtPath[] {
  return [
    ...policy.approvals.flatMap((entry, index) => askingWarnings(policy, entry, ["approvals", index])),
    ...unapprovedWarnings(policy, playbooks),
    ...protectionWarnings(policy),
    ...(policy.deny ?? []).flatMap(({ who, target }, index) => [
      ...patternWarnings(target, ["deny", index, "target"]),
      ...repeated(who?.users, ["deny", index, "who", "users"]),
    ]),
    ...lockoutShutWarnings(policy),
    ...reviewWarnings(policy),
  ];
}

function askingWarnings(policy: Policy, entry: Asking, path: Path): FaultAtPath[] {
  const warnings: FaultAtPath[] = [
    ...repeated(entry.approvers, [...path, "approvers"]),
    ...repeated(entry.people, [...path, "people"]),
    ...unmetWarnings(policy, entry, path),
    ...(entry.stages ?? []).flatMap((stage, index) =>
      unmetWarnings(policy, stage, [...path, "stages", index]),
    ),
  ];
  const expires = parseDuration(entry.expires ?? "");
  if (entry.count !== 0 && expires !== undefined && expires < SHORTEST_EXPIRY_MILLISECONDS)
    warnings.push({
      path: [...path, "expires"],
      message: "Hardly anyone can read and approve it in time: the request expires within ten minutes.",
    });
  const added = (entry.escalate?.to ?? []).filter((role) => !(entry.approvers ?? []).includes(role));
  if (entry.escalate !== undefined && added.length === 0)
    warnings.push({
      path: [...path, "escalate", "to"],
      message: "Escalating adds nobody: these roles may approve from the beginning.",
    });
  return warnings;
}

type Who = Pick<Asking, "approvers" | "people" | "match" | "count">;

/** A rule that nobody, or not enough people, can ever meet: the one who asks never counts. */
function unmetWarnings(
  { roles }: Policy,
  { approvers = [], people = [], match, count = 1 }: Who,
  path: Path,
) {
  const empty = approvers.filter((role) => knownMembers(roles, role)?.length === 0);
  const warnings: FaultAtPath[] = empty.map((role) => ({
    path: [...path, "approvers", approvers.indexOf(role)],
    message: `Nobody is in the role \`${role}\`, so nobody can approve with it.`,
  }));
  const groups = approvers.map((role) => knownMembers(roles, role));
  if (count === 0 || match === "all" || groups.some((members) => members === undefined)) return warnings;
  const all = new Set([...people, ...groups.flatMap((members) => members ?? [])]);
  const canAsk = [...all].some((person) =>
    Object.values(roles).some(({ members, scopes }) => scopes.length > 0 && members.users?.includes(person)),
  );
  const left = canAsk ? all.size - 1 : all.size;
  if (all.size > 0 && count > left)
    warnings.push({
      path: [...path, ...(count === 1 ? [] : ["count"])],
      message: canAsk
        ? `${count} of ${all.size} people must approve. When one of them asks, ${left} ${left === 1 ? "is" : "are"} left, and nobody can meet the rule.`
        : `${count} people must approve, but only ${all.size} can.`,
    });
  return warnings;
}

/** A role's members where all of them are written down; undefined where only Slack or a schedule knows them. */
function knownMembers(roles: Policy["roles"], role: string): readonly string[] | undefined {
  const members = Object.hasOwn(roles, role) ? roles[role]?.members : undefined;
  if (members === undefined) return undefined;
  const { users = [], usergroups = [], workspace = [], on_call: schedules = [] } = members;
  return usergroups.length + workspace.length + schedules.length === 0 ? [...new Set(users)] : undefined;
}

/** What cannot be undone and would run with nobody's approval. */
function unapprovedWarnings({ approvals }: Policy, playbooks: readonly KnownPlaybook[]): FaultAtPath[] {
  const rulesFor = (playbook: string, risks: readonly Risk[]) =>
    approvals.filter((rule) => speaksOf(rule.for, { playbook, risks }));
  const warned = new Set<ApprovalEntry>();
  for (const { name, risks } of playbooks) {
    if (!risks.includes("irreversible")) continue;
    const rules = rulesFor(name, risks);
    if (rules.length > 0 && rules.every(({ count, stages }) => count === 0 && stages === undefined))
      for (const rule of rules) warned.add(rule);
  }
  return [...warned].map((rule) => ({
    path: ["approvals", approvals.indexOf(rule), "count"],
    message: "With `count: 0`, what cannot be undone runs with nobody's approval.",
  }));
}

function protectionWarnings(policy: Policy): FaultAtPath[] {
  const entries = policy.protected;
  if (entries !== undefined && entries.length === 0)
    return [{ path: ["protected"], atKey: true, message: "Nobody is protected: the list is empty." }];
  return (entries ?? []).flatMap((entry, index) => {
    const path = ["protected", index];
    const warnings = [
      ...askingWarnings(policy, entry, path),
      ...patternWarnings(entry.members, [...path, "members"]),
    ];
    if (Object.values(entry.members).every((list) => list === undefined || list.length === 0))
      warnings.push({
        path: [...path, "members"],
        message: "This protects nobody: every list of members is empty.",
      });
    return warnings;
  });
}

/** `*` stands for any text, and nothing else stands for anything: a pattern of another kind matches nobody. */
function patternWarnings(targets: Targets | undefined, path: Path): FaultAtPath[] {
  return (targets?.emails ?? []).flatMap((pattern, index): FaultAtPath[] => {
    const at = [...path, "emails", index];
    if (/^\*+@\*+$/.test(pattern))
      return [{ path: at, message: `\`${pattern}\` is everyone who has an e-mail address.` }];
    if (/[\\^$()[\]{}|?]|\.\*|\.\+/.test(pattern))
      return [
        {
          path: at,
          message: `\`${pattern}\` looks like a regular expression, and is read letter by letter. Only \`*\` stands for any text.`,
        },
      ];
    return [];
  });
}

/** A limit, a window or a denial that keeps everyone from locking out a stolen account. */
function lockoutShutWarnings(policy: Policy): FaultAtPath[] {
  const isAboutLockouts = (asked: WhatIsAsked | undefined) =>
    speaksOf(asked, { playbook: "lockout", risks: ["reversible"], effects: LOCKOUT_EFFECTS });
  return [
    ...(policy.windows ?? []).flatMap(({ for: asked, during }, index): FaultAtPath[] =>
      isAboutLockouts(asked)
        ? [
            {
              path: ["windows", index],
              message: `Lockouts are denied outside \`${during}\`. An attacker does not keep these hours.`,
            },
          ]
        : [],
    ),
    ...(policy.limits ?? []).flatMap(({ for: asked, at_most: most, within }, index): FaultAtPath[] =>
      isAboutLockouts(asked)
        ? [
            {
              path: ["limits", index],
              message: `After ${most} in ${within}, lockouts are denied as well. Say what the limit is for.`,
            },
          ]
        : [],
    ),
    ...(policy.deny ?? []).flatMap(({ for: asked, who, target }, index): FaultAtPath[] =>
      who === undefined && target === undefined && asked !== undefined && isAboutLockouts(asked)
        ? [{ path: ["deny", index], message: "This denies every lockout, to everyone." }]
        : [],
    ),
  ];
}

/** Break-glass that only those who may use it review is no review. */
function reviewWarnings(policy: Policy): FaultAtPath[] {
  const review = policy.break_glass?.review;
  if (review === undefined) return [];
  const others = review.by.filter((role) => !holds(policy, role, BREAK_GLASS_SCOPE));
  if (others.length > 0) return [];
  return [
    {
      path: ["break_glass", "review", "by"],
      message: "Only those who may use break-glass review it. Name a role that may not.",
    },
  ];
}

/** Whether some rule lets a single operation be asked for. */
export function isAskable(
  { approvals }: Policy,
  operation: { name: string; risk: Risk; effects?: readonly Effect[] },
): boolean {
  return approvals.some(
    ({ for: asked }) =>
      (asked.playbook === undefined || namesPlaybook(asked.playbook, operation.name)) &&
      (asked.risk === undefined || asked.risk === operation.risk) &&
      (asked.effect === undefined || (operation.effects ?? []).includes(asked.effect)),
  );
}
