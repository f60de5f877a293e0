import type { Policy } from "../permission/schema.ts";
import type { ListedWorkspace } from "./slack-people.ts";

/** Who can hold a role now; undefined where a schedule decides it too, or more people exist than were listed. */
export type RoleMembers = (role: string) => ReadonlySet<string> | undefined;

/** The members of each role with the people of today. */
export function membersIn({ roles }: Policy, { people, groups, isWhole }: ListedWorkspace): RoleMembers {
  return (name) => {
    const members = Object.hasOwn(roles, name) ? roles[name]?.members : undefined;
    if (members === undefined || (members.on_call ?? []).length > 0) return undefined;
    const { usergroups = [], users = [], workspace = [] } = members;
    if (workspace.length > 0 && !isWhole) return undefined;
    const inGroups = usergroups.flatMap((id) => [...(groups.get(id)?.members ?? [])]);
    const byRank = [...people.values()].filter(
      ({ isOwner, isAdmin }) =>
        (isOwner && workspace.includes("owner")) || (isAdmin && workspace.includes("admin")),
    );
    const all = [...inGroups, ...users, ...byRank.map(({ id }) => id)];
    return new Set(all.filter((id) => people.get(id)?.isEligible ?? !isWhole));
  };
}
