import type { WebClient } from "@slack/web-api";

/** A person as far as roles depend on them. */
export interface ListedPerson {
  id: string;
  /** Whether they can hold a role: no bot, no guest, not deactivated, of this workspace. */
  isEligible: boolean;
  isOwner: boolean;
  isAdmin: boolean;
}

/** A user group of the workspace. */
export interface ListedGroup {
  id: string;
  handle: string;
  isDisabled: boolean;
  members: readonly string[];
}

/** Everyone and every user group of a workspace. */
export interface ListedWorkspace {
  people: ReadonlyMap<string, ListedPerson>;
  groups: ReadonlyMap<string, ListedGroup>;
  /** False where the workspace is larger than what was read. */
  isWhole: boolean;
}

/** Slack lets it be listed twenty times a minute. */
const MOST_PAGES = 15;

/**
 * Lists a workspace once.
 * @throws what Slack's client throws
 */
export async function listWorkspace(client: WebClient, teamId: string): Promise<ListedWorkspace> {
  const people = new Map<string, ListedPerson>();
  let cursor: string | undefined;
  let page = 0;
  do {
    const answer = await client.users.list({ team_id: teamId, limit: 1_000, cursor });
    for (const user of answer.members ?? []) {
      if (user.id === undefined) continue;
      const isOurs = user.team_id === teamId || (user.enterprise_user?.teams?.includes(teamId) ?? false);
      const isBarred = [user.deleted, user.is_bot, user.is_restricted, user.is_ultra_restricted];
      people.set(user.id, {
        id: user.id,
        isEligible: isOurs && user.id !== "USLACKBOT" && !isBarred.includes(true),
        isOwner: user.is_owner === true || user.is_primary_owner === true,
        isAdmin: user.is_admin === true,
      });
    }
    cursor = answer.response_metadata?.next_cursor || undefined;
    page += 1;
  } while (cursor !== undefined && page < MOST_PAGES);
  const listed = await client.usergroups.list({
    include_users: true,
    include_disabled: true,
    team_id: teamId,
  });
  const groups = (listed.usergroups ?? []).flatMap(
    ({ id, handle = "", date_delete: deleted = 0, users = [] }) =>
      id === undefined ? [] : [[id, { id, handle, isDisabled: deleted > 0, members: users }] as const],
  );
  return { people, groups: new Map(groups), isWhole: cursor === undefined };
}
