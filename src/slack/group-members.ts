import { slackErrorCode } from "./slack-error.ts";

/** Members of one user group; `absent` where Slack lists no such active group. */
export type MembersOfOne = readonly string[] | "absent";

/** Who is in each of these groups, asked one by one; undefined where not all of them were answered. */
export type AskMembers = (
  groupIds: readonly string[],
  isUrgent: boolean,
) => Promise<ReadonlyMap<string, MembersOfOne> | undefined>;

interface MembersParts {
  /** @throws what Slack's client throws */
  ask: (groupId: string) => Promise<readonly string[] | undefined>;
  /** No answer is used that is older. */
  everyMilliseconds: number;
  now: () => number;
}

const MINUTE_MILLISECONDS = 60_000;
/** Slack takes twenty a minute; the last of them are kept for lockouts. */
const MOST_A_MINUTE = 20;
const MOST_ORDINARY = 12;

/** The second way to know who is in a user group: each by itself, counted apart from the list of all. */
export function createGroupMembers({ ask, everyMilliseconds, now }: MembersParts): AskMembers {
  const asked = new Map<string, { at: number; answer: Promise<MembersOfOne | undefined> }>();
  let sent: number[] = [];

  async function answerOf(groupId: string): Promise<MembersOfOne | undefined> {
    try {
      return await ask(groupId);
    } catch (error) {
      return slackErrorCode(error) === "no_such_subteam" ? "absent" : undefined;
    }
  }

  function membersOf(groupId: string): Promise<MembersOfOne | undefined> {
    const at = now();
    const known = asked.get(groupId);
    if (known !== undefined && at - known.at < everyMilliseconds) return known.answer;
    sent.push(at);
    const answer = answerOf(groupId);
    asked.set(groupId, { at, answer });
    return answer;
  }

  return async (groupIds, isUrgent) => {
    const at = now();
    sent = sent.filter((one) => at - one < MINUTE_MILLISECONDS);
    if (sent.length + groupIds.length > (isUrgent ? MOST_A_MINUTE : MOST_ORDINARY)) return undefined;
    const answers = await Promise.all(groupIds.map(async (id) => [id, await membersOf(id)] as const));
    const known = answers.flatMap(([id, members]) => (members === undefined ? [] : [[id, members] as const]));
    return known.length === groupIds.length ? new Map(known) : undefined;
  };
}
