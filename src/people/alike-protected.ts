import type { Database } from "../database/connect.ts";
import { targetGroups, targetUsers } from "../permission/decide/asked-target.ts";
import { barredNames } from "../permission/decide/identities.ts";
import type { Policy } from "../permission/schema.ts";
import { addressesOf } from "../request/address-store.ts";
import { slackIdsKnownWith } from "../request/known-with.ts";
import type { Directory } from "../slack/directory.ts";
import { mayBeAlike } from "../target/likeness.ts";

/** Someone whom Slack does not know, by what else is known of them. */
export interface Unknown {
  emails: readonly string[];
  names: readonly string[];
  zoomUserId?: string;
  cloudflareUserId?: string;
}

interface AlikeContext {
  /** Asked afresh who is in the groups. */
  directory: Directory;
  /** Where names and addresses are looked up; it may remember for a minute. */
  names: Directory;
  database: Database;
  policy: Policy;
  now: Date;
}

/**
 * Slack ids of those whom the policy protects, or speaks of in deny rules, and who may be someone whom Slack does not
 * know: by name, by address, or because an earlier request knew both together. Deactivated members are looked at too.
 * @throws DirectoryError when Slack cannot be asked: it is not known then whom the policy protects
 */
export async function alikeProtected(
  { directory, names, database, policy, now }: AlikeContext,
  unknown: Unknown,
): Promise<string[]> {
  const groups = targetGroups(policy);
  const users = targetUsers(policy);
  if (groups.length === 0 && users.length === 0) return [];
  const [{ members, last }, knownWith] = await Promise.all([
    directory.groupMembers(groups),
    slackIdsKnownWith(database, { ...unknown, emails: barredNames(policy, unknown.emails) }),
  ]);
  // Where Slack does not say who is in a group, those who were in it when it last did stand for it.
  const inGroup = (group: string) => {
    const answer = members.get(group);
    return [...(typeof answer === "object" ? answer : (last.get(group) ?? []))];
  };
  const ids = [...new Set([...users, ...groups.flatMap(inGroup)])];
  const alike = await Promise.all(
    ids.map(async (id) => {
      if (knownWith.includes(id)) return true;
      const [person, former] = await Promise.all([names.person(id), addressesOf(database, id, now)]);
      const emails = [person?.email, ...former.map(({ email }) => email)].filter((one) => one !== undefined);
      return mayBeAlike(unknown, {
        emails: barredNames(policy, [id, ...emails]).filter((name) => name.includes("@")),
        names: person === undefined ? [] : [person.name],
      });
    }),
  );
  return ids.filter((_, index) => alike[index]);
}
