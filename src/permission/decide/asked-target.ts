import { personKey } from "../../target/person-key.ts";
import { comparable } from "./identities.ts";
import type { GroupAnswers } from "./group-answers.ts";
import { MissingGroupFactError } from "./roles.ts";
import type { Policy, Targets } from "../schema.ts";

/** Who a request is about, by every id and e-mail that is known, also those that the policy links to them. */
export interface AskedTarget {
  /** False where it is about no person; true by default. */
  isPerson?: boolean;
  slackIds: readonly string[];
  emails: readonly string[];
  /** Slack ids of those whom the policy protects and who may be them, where Slack does not know them. */
  alike?: readonly string[];
  /**
   * Whether one of their accounts, or of those who may be them, is in each user group that was looked up, by the group's
   * id. Where Slack does not say, whether it was so when Slack last did.
   */
  groups: GroupAnswers;
}

/**
 * Every way in which someone is one of these people; none where they name nobody.
 * @throws MissingGroupFactError when one of the user groups was not looked up
 */
export function waysToBe(targets: Targets, target: AskedTarget): string[] {
  if (target.isPerson === false) return [];
  const ways: string[] = [];
  const ids = [...target.slackIds, ...(target.alike ?? [])];
  for (const group of targets.usergroups ?? []) {
    // Someone without a Slack account, whom nobody in Slack is like, is in no user group.
    if (ids.length === 0) continue;
    if (!Object.hasOwn(target.groups, group)) throw new MissingGroupFactError(ids.join(", "), group);
    if (target.groups[group] === true) ways.push(`user group ${group}`);
  }
  if (targets.users?.some((id) => ids.includes(id))) ways.push("named in the policy");
  for (const pattern of targets.emails ?? [])
    if (
      target.emails.some((email) => matchesPattern(pattern, email) || personKey(email) === personKey(pattern))
    )
      ways.push(`e-mail ${pattern}`);
  return ways;
}

/** Whether it is about a person whom Slack does not know. */
export function isNotInSlack({ isPerson, slackIds }: AskedTarget): boolean {
  return isPerson !== false && slackIds.length === 0;
}

/** What settles whether someone whom Slack does not know is one of the policy's people; nothing without such a doubt. */
export function doubtAbout({ alike = [] }: AskedTarget): string[] {
  return alike.length === 0
    ? []
    : [
        "Slack does not know this address, and they may be somebody whom the policy speaks of. Mention them in Slack to settle it.",
      ];
}

/** Slack ids of those whom the policy protects, or speaks of in deny rules, by name. */
export function targetUsers(policy: Policy): string[] {
  return [...new Set(targetLists(policy).flatMap((targets) => targets.users ?? []))];
}

function targetLists(policy: Policy): Targets[] {
  return [
    ...(policy.protected ?? []).map((entry) => entry.members),
    ...(policy.deny ?? []).map((entry) => entry.target ?? {}),
  ];
}

/** Whether an e-mail is like a pattern, in which `*` stands for any text. */
function matchesPattern(pattern: string, email: string): boolean {
  const parts = comparable(pattern).split("*");
  const text = comparable(email);
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let place = first.length;
  const end = text.length - last.length;
  for (const part of others) {
    const found = text.indexOf(part, place);
    if (found === -1 || found + part.length > end) return false;
    place = found + part.length;
  }
  return true;
}

/** The user groups that must be looked up to know what the policy says of whoever a request is about. */
export function targetGroups(policy: Policy): string[] {
  return [...new Set(targetLists(policy).flatMap((targets) => targets.usergroups ?? []))];
}

/**
 * The `protected` entries that hold for a target, as indexes.
 * @throws MissingGroupFactError when a user group that matters was not looked up
 */
export function protectionsFor(policy: Policy, target: AskedTarget): number[] {
  const isForAll = policy.not_in_slack === "protected" && isNotInSlack(target);
  return (policy.protected ?? []).flatMap((entry, index) =>
    waysToBe(entry.members, target).length > 0 || isForAll ? [index] : [],
  );
}
