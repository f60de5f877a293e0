import type { Policy } from "../schema.ts";
import type { AskedFor } from "./asked.ts";
import { protectionsFor, targetGroups, type AskedTarget } from "./asked-target.ts";
import { deniedGroups, denialsFor, type MatchingDenial } from "./denials.ts";
import { openGroups, supposeGroups } from "./group-answers.ts";
import { groupsNeeded, standingOf, type Standing } from "./roles.ts";

/** The deny rules and the `protected` entries (as indexes) that apply. */
interface Restrictions {
  denials: MatchingDenial[];
  protections: number[];
}

/** What a request is, as far as restrictions depend on it. */
interface AskedOf extends AskedFor {
  looks: boolean;
  breaksGlass: boolean;
}

/** What undoes itself by a release, and must not wait for a directory. */
const LOCKOUT = "lockout";

/**
 * The deny rules and protections that apply. Where Slack does not say who is in a user group, and nothing is known of
 * before, a lockout that can be undone runs without them, and `unchecked` says so in a sentence; anything else needs
 * what those rules ask for, and for a deny rule what every protected person needs.
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function restrictionsOn(
  policy: Policy,
  requester: Standing,
  target: AskedTarget,
  asked: AskedOf,
): Restrictions & { unchecked?: string } {
  const { looks, risks } = asked;
  const under = (isIn: boolean): Restrictions => {
    const supposed = { ...target, groups: supposeGroups(target.groups, isIn) };
    return {
      denials: denialsFor(policy, supposeStanding(policy, requester, isIn), supposed, asked),
      // Protection is against losing access: being looked at by those who may look takes nothing away.
      protections: looks ? [] : protectionsFor(policy, supposed),
    };
  };
  const known = under(false);
  if (!isUnsure(requester) && openGroups(target.groups).length === 0) return known;
  const all = under(true);
  const possible = all.denials.filter(({ id }) => known.denials.every((one) => one.id !== id));
  if (possible.length === 0 && all.protections.length === known.protections.length) return known;
  const unchecked = describe(policy, requester, target);
  if (asked.playbook === LOCKOUT && !looks && !risks.includes("irreversible")) return { ...known, unchecked };
  const everyone = (policy.protected ?? []).map((_, index) => index);
  const canBeApproved = !looks && !asked.breaksGlass && everyone.length > 0;
  if (possible.length > 0 && !canBeApproved)
    return {
      denials: [...known.denials, ...possible.map(({ id }) => ({ id, reason: unchecked }))],
      protections: all.protections,
    };
  return {
    denials: known.denials,
    protections: possible.length > 0 ? everyone : all.protections,
    unchecked,
  };
}

/** The user groups that keep someone from something: their members are remembered, for when Slack does not say. */
export function restrictiveGroups(policy: Policy): string[] {
  const ofRoles = groupsNeeded(policy, deniedRoles(policy));
  return [...new Set([...targetGroups(policy), ...deniedGroups(policy), ...ofRoles])];
}

function deniedRoles(policy: Policy): string[] {
  return (policy.deny ?? []).flatMap(({ who }) => who?.roles ?? []);
}

/** Whether something that may give them a role is not known now. */
function isUnsure({ facts }: Standing): boolean {
  return openGroups(facts.groups).length > 0 || Object.values(facts.onCall).includes("unknown");
}

/** Someone with every role that they hold, and may hold by what is not known now. */
function supposeStanding(policy: Policy, requester: Standing, isIn: boolean): Standing {
  const { facts, roles } = requester;
  if (!isUnsure(requester)) return requester;
  const groups = supposeGroups(facts.groups, isIn, facts.lastKnownGroups);
  const onCall = Object.fromEntries(
    Object.entries(facts.onCall).map(([schedule, answer]) => [
      schedule,
      answer === "unknown" && isIn ? true : answer,
    ]),
  );
  const supposed = { ...facts, groups, onCall };
  const more = standingOf(policy, supposed, facts.teamId).roles;
  return {
    facts: supposed,
    roles: [...roles, ...more.filter(({ role }) => roles.every((held) => held.role !== role))],
  };
}

function describe(policy: Policy, { facts }: Standing, target: AskedTarget): string {
  const ofWho = [...deniedGroups(policy), ...groupsNeeded(policy, deniedRoles(policy))];
  const answers = {
    ...Object.fromEntries(
      Object.entries(facts.groups).filter(
        ([group]) => ofWho.includes(group) && facts.lastKnownGroups?.[group] === undefined,
      ),
    ),
    ...target.groups,
  };
  const open = openGroups(answers);
  const part = (answer: string, words: string) => {
    const groups = open.filter((group) => answers[group] === answer);
    return groups.length === 0 ? [] : [`${words} ${groups.join(", ")}`];
  };
  const silent = Object.keys(facts.onCall).filter((schedule) => facts.onCall[schedule] === "unknown");
  const reasons = [
    ...part("absent", "Slack lists no user group"),
    ...part("unanswered", "Slack did not answer about the user group"),
    ...(silent.length === 0 ? [] : [`no answer about the schedule ${silent.join(", ")}`]),
  ];
  return `Protection could not be checked: ${reasons.join("; ")}.`;
}
