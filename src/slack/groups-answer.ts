/** Who is in a user group; `absent` where Slack lists no such active group, `unanswered` where it could not be asked. */
export type GroupMembers = ReadonlySet<string> | "absent" | "unanswered";

/** What Slack says about user groups. */
export interface GroupsAnswer {
  members: ReadonlyMap<string, GroupMembers>;
  /** Members of groups that are no longer active, as they were last: only ever to keep someone from something. */
  last: ReadonlyMap<string, ReadonlySet<string>>;
  /** Slack's error code where it could not be asked. */
  slackError?: string;
}

/** The part of Slack's user group object that is read here. */
export interface ListedGroup {
  id?: string;
  users?: string[];
  user_count?: number | string;
  date_delete?: number;
}

/** What a list of all user groups, disabled ones included, says about these. Silence is never an empty group. */
export function readGroups(
  groupIds: readonly string[],
  listed: readonly ListedGroup[] | undefined,
): GroupsAnswer {
  if (listed === undefined) return unansweredGroups(groupIds, "an_answer_without_user_groups");
  const members = new Map<string, GroupMembers>();
  const last = new Map<string, ReadonlySet<string>>();
  for (const id of groupIds) {
    const group = listed.find((one) => one.id === id);
    const users = group?.users ?? (Number(group?.user_count ?? Number.NaN) === 0 ? [] : undefined);
    const isDisabled = (group?.date_delete ?? 0) > 0;
    if (group === undefined || isDisabled) members.set(id, "absent");
    else members.set(id, users === undefined ? "unanswered" : new Set(users));
    // Slack may empty a group that is disabled: only members that it still lists are evidence.
    if (isDisabled && users !== undefined && users.length > 0) last.set(id, new Set(users));
  }
  const isSilent = [...members.values()].includes("unanswered");
  return { members, last, ...(isSilent ? { slackError: "an_answer_without_members" } : {}) };
}

/** What is known of groups that were asked about one by one. */
export function readMembers(found: ReadonlyMap<string, readonly string[] | "absent">): GroupsAnswer {
  const members = [...found].map(([id, users]) => [id, users === "absent" ? users : new Set(users)] as const);
  return { members: new Map(members), last: new Map() };
}

/** The answer where Slack could not be asked. */
export function unansweredGroups(groupIds: readonly string[], slackError: string): GroupsAnswer {
  return { members: new Map(groupIds.map((id) => [id, "unanswered"])), last: new Map(), slackError };
}
