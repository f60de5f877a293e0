import { describeAsked, speaksOf, type AskedFor } from "./asked.ts";
import { describeDuration, parseDuration } from "../calendar/duration.ts";
import type { Policy } from "../schema.ts";

/** A request that was made before, as far as limits count it. */
export interface PastRequest extends AskedFor {
  at: Date;
  /** Whether it was made by the person who asks now, under any of their names. */
  isOwn: boolean;
  /** Whether it ran at once, without the approvals that it would have needed. */
  brokeGlass: boolean;
}

/** A limit that is reached: where it is, and when there is room again. */
export interface ReachedLimit {
  id: string;
  sentence: string;
  freeAt: Date;
}

/** How far back requests matter to any limit, in milliseconds; 0 where there is none. */
export function longestLimit(policy: Policy): number {
  const durations = [
    ...(policy.limits ?? []),
    ...(policy.break_glass === undefined ? [] : [policy.break_glass]),
  ];
  return Math.max(0, ...durations.map(({ within }) => parseDuration(within) ?? 0));
}

/** The limits that leave no room for one more request of this kind now. */
export function reachedLimits(
  policy: Policy,
  asked: AskedFor,
  history: readonly PastRequest[],
  at: Date,
): ReachedLimit[] {
  return (policy.limits ?? []).flatMap((limit, index) => {
    if (!speaksOf(limit.for, asked)) return [];
    const isShared = limit.per === "everyone";
    const counted = history.filter((past) => (isShared || past.isOwn) && speaksOf(limit.for, past));
    const freeAt = fullUntil(counted, limit.at_most, limit.within, at);
    if (freeAt === undefined) return [];
    const who = isShared ? "together" : "a person";
    const sentence = `At most ${limit.at_most} requests ${who} within ${spanOf(limit.within)} for ${describeAsked(limit.for)}.`;
    return [{ id: `limits[${index}]`, sentence, freeAt }];
  });
}

/** Whether someone has break-glass as often as the policy lets them. */
export function reachedBreakGlassLimit(
  policy: Policy,
  history: readonly PastRequest[],
  at: Date,
): ReachedLimit | undefined {
  const entry = policy.break_glass;
  if (entry === undefined) return undefined;
  const counted = history.filter((past) => past.isOwn && past.brokeGlass);
  const freeAt = fullUntil(counted, entry.at_most, entry.within, at);
  if (freeAt === undefined) return undefined;
  const sentence = `Break-glass can be used at most ${entry.at_most} times a person within ${spanOf(entry.within)}.`;
  return { id: "break_glass", sentence, freeAt };
}

function spanOf(duration: string): string {
  return describeDuration(parseDuration(duration) ?? 0);
}

/** When there is room again; undefined where there is room now. A request in the future counts: clocks differ. */
function fullUntil(past: readonly PastRequest[], atMost: number, within: string, at: Date): Date | undefined {
  const span = parseDuration(within);
  if (span === undefined) throw new RangeError(`The limit has an unreadable duration: ${within}.`);
  const times = past
    .map((one) => one.at.getTime())
    .filter((time) => time > at.getTime() - span)
    .toSorted((left, right) => left - right);
  const oldestThatMatters = times[times.length - atMost];
  return oldestThatMatters === undefined ? undefined : new Date(oldestThatMatters + span);
}
