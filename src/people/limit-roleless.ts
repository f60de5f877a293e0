import type { Standing } from "../permission/decide/roles.ts";

const MINUTE_MILLISECONDS = 60_000;
/** Someone without a role is asked about so often in a minute. */
const MOST_A_MINUTE = 6;

type AskStanding = (personId: string, roleNames?: readonly string[]) => Promise<Standing>;

/**
 * A limit for each person: who holds no role cannot use up what Slack answers in a minute, however often they try. From
 * then on they are looked for in the user groups, of which everyone shares one picture, and asked about themselves only
 * where that would give them a role: nothing but a no rests on what was kept.
 * @param ask asks about the person themselves
 * @param askByGroups answers by what is known of the person, and who is in the user groups now
 * @param now milliseconds since the epoch
 */
export function limitRoleless(ask: AskStanding, askByGroups: AskStanding, now: () => number): AskStanding {
  const refused = new Map<string, number[]>();
  return async (personId, roleNames) => {
    // Where no role is looked for, it is asked who someone is.
    if (roleNames?.length === 0) return ask(personId, roleNames);
    const key = `${personId} ${roleNames?.join(",") ?? "*"}`;
    const at = now();
    const recent = refused.get(key)?.filter((one) => at - one < MINUTE_MILLISECONDS) ?? [];
    if (recent.length >= MOST_A_MINUTE) {
      const likely = await askByGroups(personId, roleNames);
      if (isNo(likely)) return likely;
    }
    const standing = await ask(personId, roleNames);
    refused.delete(key);
    if (isNo(standing)) refused.set(key, [...recent, at]);
    // The oldest come first: who has not tried for a minute is forgotten.
    for (const [other, times] of refused) {
      if (at - (times.at(-1) ?? 0) < MINUTE_MILLISECONDS) break;
      refused.delete(other);
    }
    return standing;
  };
}

function isNo({ roles, unanswered = [] }: Standing): boolean {
  return roles.length === 0 && unanswered.length === 0;
}
