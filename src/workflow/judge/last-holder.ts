import { isSamePerson, linkedAccounts, namesKnownOf } from "../../permission/decide/identities.ts";
import { LOCKOUT_SCOPE, rolesWith } from "../../permission/decide/role-scopes.ts";
import type { PersonFacts, Standing } from "../../permission/decide/roles.ts";
import type { Policy } from "../../permission/schema.ts";
import type { Plan } from "../../plan/plan.ts";
import { takesAccess } from "../../playbook/takes-access.ts";
import { emailsOf } from "../../target/target.ts";

/** What finding out who holds a power reaches. */
export interface HolderContext {
  loadedPolicy(): { policy: Policy };
  /** @throws DirectoryError */
  standing(personId: string, roleNames?: readonly string[]): Promise<Standing>;
  /** Slack ids of those who may hold one of these roles; owners and administrators of the workspace are not listed. @throws DirectoryError */
  roleMembers(roleNames: readonly string[]): Promise<string[]>;
}

interface Power {
  roles: string[];
  /** By their Slack ids. */
  people: string[];
  fault: string;
}

/** The powers without which nobody could put right what a lockout did. */
function powersOf(policy: Policy): Power[] {
  const parts = [...policy.approvals, ...(policy.protected ?? [])].flatMap(
    ({ approvers = [], people = [], stages = [] }) => [{ approvers, people }, ...stages],
  );
  return [
    {
      roles: rolesWith(policy, LOCKOUT_SCOPE),
      people: [],
      fault: `Besides you, this is the last person who holds ${LOCKOUT_SCOPE}: nobody else could release anybody.`,
    },
    {
      roles: [...new Set(parts.flatMap(({ approvers = [] }) => approvers))],
      people: [...new Set(parts.flatMap(({ people = [] }) => people))],
      fault: "Besides you, this is the last person who may approve requests: nobody could approve a release.",
    },
  ];
}

/** Whether someone holds one of the powers, and why the last holder of one is not to lose it without being sure. */
export interface HeldPowers {
  isHolder: boolean;
  fault?: string;
}

/**
 * What a request does to the powers of the policy's own. Whoever asks does not count: alone they could neither release
 * nor approve what they asked for.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function heldPowers(
  context: HolderContext,
  requester: PersonFacts,
  { playbook, steps, target }: Pick<Plan, "playbook" | "steps" | "target">,
): Promise<HeldPowers> {
  if (target.email === undefined || !takesAccess(playbook, steps)) return { isHolder: false };
  const { policy } = context.loadedPolicy();
  const names = [...(target.slackId === undefined ? [] : [target.slackId]), ...emailsOf(target)];
  const { slackIds } = linkedAccounts(policy, names);
  if (slackIds.length === 0) return { isHolder: false };
  const powers = powersOf(policy);
  const roleNames = [...new Set(powers.flatMap(({ roles }) => roles))];
  const theirs = await Promise.all(slackIds.map((id) => context.standing(id, roleNames)));
  const theirNames = [...names, ...theirs.flatMap(({ facts }) => namesKnownOf(facts))];
  const held = powers.filter((power) => theirs.some((standing) => holdsPower(standing, power)));
  for (const power of held) {
    const isOther = ({ facts }: Standing) =>
      !isSamePerson(policy, namesKnownOf(facts), theirNames) &&
      !isSamePerson(policy, namesKnownOf(facts), namesKnownOf(requester));
    if (!(await isHeldByAnother(context, power, isOther))) return { isHolder: true, fault: power.fault };
  }
  return { isHolder: held.length > 0 };
}

async function isHeldByAnother(
  context: HolderContext,
  power: Power,
  isOther: (standing: Standing) => boolean,
): Promise<boolean> {
  const candidates = new Set([...power.people, ...(await context.roleMembers(power.roles))]);
  // One after another: nearly always the first or the second one is someone else.
  for (const id of candidates) {
    const standing = await context.standing(id, power.roles);
    if (holdsPower(standing, power) && isOther(standing)) return true;
  }
  return false;
}

function holdsPower({ facts, roles, barred }: Standing, power: Power): boolean {
  return (
    barred === undefined &&
    (power.people.includes(facts.id) || roles.some(({ role }) => power.roles.includes(role)))
  );
}
