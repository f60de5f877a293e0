import type { Patience, Waiting } from "../concurrency/patience.ts";
import { atMost } from "../concurrency/timeout.ts";
import { slackErrorCode } from "./slack-error.ts";
import {
  readGroups,
  readMembers,
  unansweredGroups,
  type GroupsAnswer,
  type ListedGroup,
} from "./groups-answer.ts";
import type { AskMembers } from "./group-members.ts";
import { PauseError, retryAfterOf } from "./slack-patience.ts";
import { isLimit, isTokenTrouble } from "./slack-advice.ts";

interface GroupPictureParts extends Waiting {
  /** All user groups, disabled ones included, with their members. @throws what Slack's client throws */
  list(): Promise<readonly ListedGroup[] | undefined>;
  /** The second way: one user group after another, which Slack counts by itself. */
  members: AskMembers;
  /** Slack is asked for all groups no more often than this, and no answer is used that is older. */
  everyMilliseconds: number;
}

/** Who is in each of these groups, as of a moment ago; never rejects. */
export type AskGroups = (
  groupIds: readonly string[],
  patience: Patience & { isUrgent?: boolean },
) => Promise<GroupsAnswer>;

interface Question {
  at: number;
  answer: Promise<readonly ListedGroup[] | undefined>;
}

/** Of the time that someone in a hurry has, so much is for the first way. */
const FIRST_WAY = 0.6;

/**
 * One picture of all user groups for all who ask: Slack takes twenty questions a minute, and the person who types commands
 * without any role must not use them up.
 */
export function createGroupPicture(parts: GroupPictureParts): AskGroups {
  const { everyMilliseconds, now, sleep } = parts;
  let last: Question | undefined;
  let notBefore = 0;

  /** The newest question or its answer, where it is new enough, or a new question. */
  async function picture(): Promise<readonly ListedGroup[] | undefined> {
    const at = now();
    if (last !== undefined && at - last.at < everyMilliseconds) return last.answer;
    if (at < notBefore) throw new PauseError(notBefore - at, "questions about user groups");
    const answer = parts.list();
    last = { at, answer };
    try {
      return await answer;
    } catch (error) {
      notBefore = Math.max(notBefore, now() + (retryAfterOf(error) ?? 0));
      throw error;
    }
  }

  /** Milliseconds until another question may be sent. */
  function pauseFor(wanted: number): number {
    const spaced = last === undefined ? 0 : last.at + everyMilliseconds - now();
    return Math.max(wanted, spaced, notBefore - now(), 1);
  }

  return async (groupIds, { milliseconds, pauseAfter, isUrgent = false }) => {
    if (groupIds.length === 0) return { members: new Map(), last: new Map() };
    const begun = now();
    const end = begun + milliseconds;
    let slackError = "no_answer";
    for (let attempt = 0; ; attempt += 1) {
      const share = isUrgent ? FIRST_WAY : 1;
      const asked = picture().then(
        (listed) => ({ listed }),
        (error: unknown) => ({ error }),
      );
      const seen = await atMost(Math.max(1, (end - now()) * share), asked);
      if (seen !== undefined && "listed" in seen) return readGroups(groupIds, seen.listed);
      if (seen !== undefined) slackError = slackErrorCode(seen.error);
      if (now() < end && (isLimit(slackError) || !isTokenTrouble(slackError))) {
        const found = await atMost(Math.max(1, end - now()), parts.members(groupIds, isUrgent));
        if (found !== undefined) return readMembers(found);
      }
      // What went wrong before this was asked is no answer to it.
      const isOld = last !== undefined && last.at < begun;
      const wanted = seen === undefined || isOld ? 0 : pauseAfter(seen.error, attempt);
      if (wanted === undefined || now() + pauseFor(wanted) >= end)
        return unansweredGroups(groupIds, slackError);
      await sleep(pauseFor(wanted));
    }
  };
}
