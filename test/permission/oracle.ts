import type { DecisionInput } from "../../src/permission/decide/decide.ts";
import type { PersonFacts } from "../../src/permission/decide/roles.ts";
import type { Policy, Targets } from "../../src/permission/schema.ts";

const HOURS: Readonly<Record<string, number>> = { "1h": 1, "4h": 4 };
const GRAVITY = ["read", "reversible", "irreversible"];

type Asked =
  | { playbook?: string | undefined; risk?: string | undefined; effect?: string | undefined }
  | undefined;

/** What the permission check must answer, worked out as plainly as can be and without any of its code. */
export function expectedAnswer(
  { policy, target, playbook, operations, at, history, breaksGlass }: DecisionInput,
  facts: PersonFacts,
): "denied" | "needs_approval" | "allowed" {
  const risks = operations.map(({ risk }) => risk);
  const effects: readonly string[] = operations.flatMap((operation) => operation.effects ?? []);
  const speaks = (
    asked: Asked,
    of: { playbook: string; risks: readonly string[]; effects?: readonly string[] } = {
      playbook,
      risks,
      effects,
    },
  ) =>
    (asked?.effect === undefined || of.effects?.includes(asked.effect) === true) &&
    (asked?.playbook === undefined || asked.playbook === of.playbook) &&
    (asked?.risk === undefined || of.risks.includes(asked.risk));

  // Who is barred holds nothing; who is the person concerned asks for nothing.
  const own = namesOf(policy, [facts.id, facts.email ?? ""]);
  if ([...target.slackIds, ...target.emails].some((name) => own.has(name.toLowerCase()))) return "denied";
  const isBarred =
    facts.deleted || facts.isBot || facts.isStranger || facts.isRestricted || facts.isUltraRestricted;
  if (isBarred || facts.isLockedOut || facts.teamId !== "T0HOME") return "denied";

  const roles = Object.keys(policy.roles).filter((name) => holds(policy, name, facts));
  const scopes = roles.flatMap((name) => policy.roles[name]?.scopes ?? []);
  const has = (needed: string) =>
    scopes.some((scope) => (scope.endsWith("*") ? needed.startsWith(scope.slice(0, -1)) : scope === needed));
  if (!operations.every(({ scopes: any }) => any.some(has))) return "denied";

  const isDenied = (policy.deny ?? []).some(
    (denial) =>
      speaks(denial.for) &&
      (denial.who === undefined ||
        denial.who.users?.includes(facts.id) === true ||
        denial.who.roles?.some((role) => roles.includes(role)) === true ||
        denial.who.usergroups?.some((group) => facts.groups[group] === true) === true) &&
      (denial.target === undefined || isOneOf(denial.target, target)),
  );
  if (isDenied) return "denied";
  // A provider that is silent does not show that someone is not on call, and so not denied.
  const onCall = Object.fromEntries(Object.keys(facts.onCall).map((name) => [name, true]));
  const mayHold = Object.keys(policy.roles).filter((name) => holds(policy, name, { ...facts, onCall }));
  const mayBeDenied = (policy.deny ?? []).some(
    (denial) =>
      Object.values(facts.onCall).includes("unknown") &&
      speaks(denial.for) &&
      denial.who?.roles?.some((role) => mayHold.includes(role)) === true &&
      (denial.target === undefined || isOneOf(denial.target, target)),
  );
  const isLockout = playbook === "lockout" && !risks.includes("irreversible");
  const isStricter = mayBeDenied && !isLockout;
  if (isStricter && (breaksGlass === true || (policy.protected ?? []).length === 0)) return "denied";

  const gravest = GRAVITY.findLast((risk) => (risks as string[]).includes(risk));
  // A rule for a risk and an effect is for steps that have both.
  const meant = ({ risk, effect }: NonNullable<Asked>) =>
    operations.filter(
      (one) =>
        (risk === undefined || one.risk === risk) &&
        (effect === undefined || (one.effects as readonly string[] | undefined)?.includes(effect) === true),
    );
  const rules = policy.approvals.filter(
    ({ for: asked }) => speaks({ playbook: asked.playbook }) && meant(asked).length > 0,
  );
  const covers = (asked: NonNullable<Asked>) =>
    operations.every((one) => one.risk !== gravest || meant(asked).includes(one));
  if (!rules.some(({ for: asked }) => covers(asked))) return "denied";
  const isProtected = (policy.protected ?? []).some(({ members }) => isOneOf(members, target));
  const needsApproval = isProtected || isStricter || rules.some(({ count = 1 }) => count > 0);

  const since = (span: string) => at.getTime() - (HOURS[span] ?? 0) * 3_600_000;
  if (breaksGlass === true) {
    const used = history.filter(
      (past) => past.isOwn && past.brokeGlass && past.at.getTime() > since(policy.break_glass?.within ?? ""),
    ).length;
    const may = policy.break_glass !== undefined && has("deadbolt:break-glass");
    return may && used < (policy.break_glass?.at_most ?? 0) ? "allowed" : "denied";
  }
  const isFull = (policy.limits ?? []).some(
    (limit) =>
      speaks(limit.for) &&
      history.filter(
        (past) =>
          (limit.per === "everyone" || past.isOwn) &&
          past.at.getTime() > since(limit.within) &&
          speaks(limit.for, past),
      ).length >= limit.at_most,
  );
  const hour = at.getUTCHours();
  const isOpen = at.getUTCDay() % 6 !== 0 && hour >= 8 && hour < 18;
  const isShut = !isOpen && (policy.windows ?? []).some((window) => speaks(window.for));
  if (isFull || isShut) return "denied";
  return needsApproval ? "needs_approval" : "allowed";
}

function namesOf(policy: Policy, names: readonly string[]): Set<string> {
  const known = new Set(names.map((name) => name.toLowerCase()).filter((name) => name !== ""));
  for (let size = 0; size !== known.size;) {
    size = known.size;
    for (const line of policy.identities ?? []) {
      const lower = line.map((name) => name.toLowerCase());
      if (lower.some((name) => known.has(name))) for (const name of lower) known.add(name);
    }
  }
  return known;
}

function holds(policy: Policy, name: string, facts: PersonFacts): boolean {
  const members = policy.roles[name]?.members ?? {};
  const directly = (of: typeof members) =>
    of.users?.includes(facts.id) === true ||
    of.usergroups?.some((group) => facts.groups[group] === true) === true ||
    (facts.isOwner && of.workspace?.includes("owner") === true) ||
    (facts.isAdmin && of.workspace?.includes("admin") === true);
  if (directly(members)) return true;
  return (members.on_call ?? []).some((schedule) => {
    if (facts.onCall[schedule] === true) return true;
    const fallback = policy.on_call?.[schedule]?.fallback;
    return (
      facts.onCall[schedule] === "unknown" &&
      fallback !== undefined &&
      directly(policy.roles[fallback]?.members ?? {})
    );
  });
}

function isOneOf(targets: Targets, target: DecisionInput["target"]): boolean {
  const like = (pattern: string, email: string) =>
    new RegExp(
      `^${pattern
        .split("*")
        .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
        .join(".*")}$`,
    ).test(email);
  return (
    targets.users?.some((id) => target.slackIds.includes(id)) === true ||
    targets.usergroups?.some((group) => target.groups[group] === true) === true ||
    targets.emails?.some((pattern) => target.emails.some((email) => like(pattern, email))) === true
  );
}
