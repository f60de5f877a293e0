import type { Standing } from "../permission/decide/roles.ts";

const MINUTE_MILLISECONDS = 60_000;
/** Somebody without a role is asked about so often in a minute; from then on the last answer counts. */
const MOST_A_MINUTE = 6;

type AskStanding = (personId: string, roleNames?: readonly string[]) => Promise<Standing>;

interface Answered {
  standing: Standing;
  at: number[];
}

/**
 * A limit for each person: who holds no role cannot use up what Slack answers in a minute, however often they try. Only
 * a no is ever kept.
 * @param now milliseconds since the epoch
 */
export function limitRoleless(ask: AskStanding, now: () => number): AskStanding {
  const known = new Map<string, Answered>();
  return async (personId, roleNames) => {
    // Where no role is looked for, it is asked who somebody is.
    if (roleNames?.length === 0) return ask(personId, roleNames);
    const key = `${personId} ${roleNames?.join(",") ?? "*"}`;
    const at = now();
    const before = known.get(key);
    const recent = before?.at.filter((one) => at - one < MINUTE_MILLISECONDS) ?? [];
    if (before !== undefined && recent.length >= MOST_A_MINUTE) return before.standing;
    const standing = await ask(personId, roleNames);
    const isNo = standing.roles.length === 0 && (standing.unanswered ?? []).length === 0;
    if (isNo) known.set(key, { standing, at: [...recent, at] });
    else known.delete(key);
    return standing;
  };
}
