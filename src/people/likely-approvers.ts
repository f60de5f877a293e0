import { atMost } from "../concurrency/timeout.ts";
import { keysOfPerson, namesKnownOf } from "../permission/decide/identities.ts";
import type { Policy } from "../permission/schema.ts";
import type { Standing } from "../permission/decide/roles.ts";
import type { RequestRule } from "../request/request.ts";
import type { Directory } from "../slack/directory.ts";
import type { BeyondSlack } from "./identify.ts";

/** More people than these are not written to; they see it in the channel. */
export const MOST_APPROVERS = 12;
/** Where everybody who is passed over must be told. */
const MOST_AT_ALL = 60;
/** Nobody waits longer for a list that is only shown. */
const PATIENCE_MILLISECONDS = 1_500;
const LONG_PATIENCE_MILLISECONDS = 5_000;

export interface LikelyApproversContext {
  policy: Policy;
  /** Remembers for a minute. */
  directory: Directory;
  onCall: BeyondSlack["onCall"];
  standing(personId: string, roleNames: readonly string[]): Promise<Standing>;
}

/** Who is asked: roles and people by their Slack id. */
export interface AskedPeople {
  roles: readonly string[];
  people: readonly string[];
}

/** The roles and people of all stages of these rules. */
export function askedPeople(rules: readonly Pick<RequestRule, "stages">[]): AskedPeople {
  const parts = rules.flatMap(({ stages }) => stages.flatMap((stage) => stage.parts));
  return {
    roles: [...new Set(parts.flatMap((part) => part.roles))],
    people: [...new Set(parts.flatMap((part) => part.people))],
  };
}

/**
 * Slack ids of those who likely may decide, to show and to write to; never to decide by, so whatever cannot be asked
 * leaves people out. Owners and administrators of the workspace are not listed, as Slack lists them only one by one.
 * @param only not: keys (from `keysOfPerson`) of whoever may not, whatever role they hold; isForAll: whether
 * everybody must be told, which takes longer
 */
export async function likelyApprovers(
  context: LikelyApproversContext,
  { roles, people }: AskedPeople,
  { not, isForAll = false }: { not: readonly string[]; isForAll?: boolean },
): Promise<string[]> {
  const found: string[] = [];
  const most = isForAll ? MOST_AT_ALL : MOST_APPROVERS;
  const patience = isForAll ? LONG_PATIENCE_MILLISECONDS : PATIENCE_MILLISECONDS;
  const search = async () => {
    const candidates = await candidatesOf(context, { roles, people });
    await Promise.all(
      candidates.slice(0, most * 2).map(async (personId) => {
        const standing = await context.standing(personId, roles).catch(() => undefined);
        if (standing === undefined || standing.barred !== undefined) return;
        const names = keysOfPerson(context.policy, namesKnownOf(standing.facts));
        const isAsked = people.includes(personId) || standing.roles.length > 0;
        if (isAsked && !names.some((name) => not.includes(name))) found.push(personId);
      }),
    );
  };
  await atMost(
    patience,
    search().catch(() => undefined),
  );
  return found.toSorted().slice(0, most);
}

/**
 * Slack ids of those who may hold one of the roles, and of the people named. Owners and administrators of the workspace
 * are not listed, as Slack lists them only one by one.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function candidatesOf(
  { policy, directory, onCall }: Pick<LikelyApproversContext, "policy" | "directory" | "onCall">,
  { roles, people }: AskedPeople,
): Promise<string[]> {
  const members = roles.flatMap((role) =>
    Object.hasOwn(policy.roles, role) ? (policy.roles[role]?.members ?? []) : [],
  );
  const groups = [...new Set(members.flatMap((one) => one.usergroups ?? []))];
  const schedules = [...new Set(members.flatMap((one) => one.on_call ?? []))];
  const [memberships, onDuty] = await Promise.all([directory.groupMembers(groups), onCall(schedules)]);
  const emails = [...onDuty.values()].flatMap((answer) => (answer === "unknown" ? [] : [...answer]));
  const byEmail = await Promise.all(
    emails.map((email) => directory.personByEmail(email).catch(() => undefined)),
  );
  return [
    ...new Set([
      ...people,
      ...members.flatMap((one) => one.users ?? []),
      ...[...memberships.members.values()].flatMap((ids) => (typeof ids === "string" ? [] : [...ids])),
      ...byEmail.flatMap((person) => (person === undefined ? [] : [person.id])),
    ]),
  ];
}
