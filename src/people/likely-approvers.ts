import { atMost } from "../concurrency/timeout.ts";
import { keysOfPerson, namesKnownOf } from "../permission/decide/identities.ts";
import type { Policy } from "../permission/schema.ts";
import type { Standing } from "../permission/decide/roles.ts";
import type { RequestRule } from "../request/request.ts";
import type { Directory } from "../slack/directory.ts";
import type { BeyondSlack } from "./identify.ts";

/** More people than these are not written to; they see it in the channel. */
const MOST_APPROVERS = 12;
/** Where everyone who is passed over must be told. */
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

/** Someone who likely may decide, as Slack shows them, with those of the roles asked about that they hold. */
export interface LikelyApprover {
  facts: Standing["facts"];
  roles: string[];
  /** Whether a schedule gives them one of the roles at this moment. */
  isOnCall: boolean;
}

export interface LikelyApprovers {
  people: LikelyApprover[];
  /** Whether surely nobody else may: everyone was listed, and everything could be asked. */
  isComplete: boolean;
}

/** Who is asked: roles and people by their Slack id. */
export interface AskedPeople {
  roles: readonly string[];
  people: readonly string[];
}

/** The roles and people of all stages of these rules, and the roles that they escalate to. */
export function askedPeople(rules: readonly Pick<RequestRule, "stages" | "escalation">[]): AskedPeople {
  const parts = rules.flatMap(({ stages }) => stages.flatMap((stage) => stage.parts));
  return {
    roles: [
      ...new Set([
        ...parts.flatMap((part) => part.roles),
        ...rules.flatMap(({ escalation }) => escalation?.roles ?? []),
      ]),
    ],
    people: [...new Set(parts.flatMap((part) => part.people))],
  };
}

/**
 * Those who likely may decide, to show and to write to; never to decide by, so whatever cannot be asked
 * leaves people out. Owners and administrators of the workspace are not listed, as Slack lists them only one by one.
 * @param only not: keys (from `keysOfPerson`) of the person who may not, whatever role they hold; isForAll: whether
 * everyone must be told, which takes longer; patience: the most that it may take, in milliseconds
 */
export async function likelyApprovers(
  context: LikelyApproversContext,
  { roles, people }: AskedPeople,
  {
    not,
    isForAll = false,
    patience = isForAll ? LONG_PATIENCE_MILLISECONDS : PATIENCE_MILLISECONDS,
  }: { not: readonly string[]; isForAll?: boolean; patience?: number },
): Promise<LikelyApprovers> {
  const found: LikelyApprover[] = [];
  let isComplete = false;
  const most = isForAll ? MOST_AT_ALL : MOST_APPROVERS;
  const search = async () => {
    const candidates = await candidatesOf(context, { roles, people });
    let isKnown = candidates.isComplete && candidates.ids.length <= most * 2;
    await Promise.all(
      candidates.ids.slice(0, most * 2).map(async (personId) => {
        const standing = await context.standing(personId, roles).catch(() => undefined);
        if (standing === undefined) isKnown = false;
        if (standing === undefined || standing.barred !== undefined) return;
        const names = keysOfPerson(context.policy, namesKnownOf(standing.facts));
        const isAsked = people.includes(personId) || standing.roles.length > 0;
        if (isAsked && !names.some((name) => not.includes(name)))
          found.push({
            facts: standing.facts,
            roles: standing.roles.map(({ role }) => role),
            isOnCall: Object.values(standing.facts.onCall).includes(true),
          });
      }),
    );
    isComplete = isKnown;
  };
  await atMost(
    patience,
    search().catch(() => undefined),
  );
  const ordered = found.toSorted((one, other) => (one.facts.id < other.facts.id ? -1 : 1));
  return { people: ordered.slice(0, most), isComplete: isComplete && ordered.length <= most };
}

/**
 * Slack ids of those who may hold one of the roles, and of the people named. Owners and administrators of the workspace
 * are not listed, as Slack lists them only one by one.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function candidatesOf(
  { policy, directory, onCall }: Pick<LikelyApproversContext, "policy" | "directory" | "onCall">,
  { roles, people }: AskedPeople,
): Promise<{ ids: string[]; /** Whether surely nobody else may. */ isComplete: boolean }> {
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
  const ids = [
    ...new Set([
      ...people,
      ...members.flatMap((one) => one.users ?? []),
      ...[...memberships.members.values()].flatMap((group) => (typeof group === "string" ? [] : [...group])),
      ...byEmail.flatMap((person) => (person === undefined ? [] : [person.id])),
    ]),
  ];
  const isComplete =
    members.every(({ workspace = [] }) => workspace.length === 0) &&
    [...memberships.members.values()].every((group) => typeof group !== "string") &&
    [...onDuty.values()].every((answer) => answer !== "unknown") &&
    byEmail.every((person) => person !== undefined);
  return { ids, isComplete };
}
