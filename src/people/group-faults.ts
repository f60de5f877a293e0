import { restrictiveGroups } from "../permission/decide/unchecked.ts";
import { groupsNeeded } from "../permission/decide/roles.ts";
import type { Policy } from "../permission/schema.ts";
import type { Directory } from "../slack/directory.ts";

/** A user group of the policy about which Slack says nothing, and what that means. */
export interface GroupFault {
  group: string;
  /** One sentence that names the group. */
  sentence: string;
}

/** Every user group that the policy names and Slack does not list, or could not be asked about; asks Slack once. */
export async function groupFaults(
  policy: Policy,
  directory: Pick<Directory, "groupMembers">,
): Promise<GroupFault[]> {
  const restrictive = restrictiveGroups(policy);
  const groups = [...new Set([...groupsNeeded(policy), ...restrictive])];
  const { members, last, slackError } = await directory.groupMembers(groups);
  return groups.flatMap((group) => {
    const answer = members.get(group);
    if (answer !== "absent" && answer !== "unanswered") return [];
    const what =
      answer === "absent"
        ? `Slack lists no active user group ${group}: it gives nobody a role`
        : `Slack could not be asked about the user group ${group} (${slackError ?? "no_answer"})`;
    const protection = !restrictive.includes(group)
      ? ""
      : last.has(group)
        ? "; its last known members stay protected or denied"
        : "; whom it protects or denies cannot be checked";
    return [{ group, sentence: `${what}${protection}.` }];
  });
}
