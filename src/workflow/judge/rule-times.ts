import type { ApprovalRule } from "../../permission/decide/approval-rules.ts";
import { addOpenTime } from "../../permission/calendar/calendar.ts";
import type { RequestRule } from "../../request/request.ts";

/** What has not been looked at by then is over, however seldom a calendar is open. */
const LONGEST_MILLISECONDS = 400 * 24 * 60 * 60 * 1_000;

/**
 * A rule with its times worked out from when the request was made: they are fixed then, so that no later change of a
 * policy or of the clocks moves them.
 * @param timeZone of the requester, for calendars that follow it
 */
export function timedRule(rule: ApprovalRule, from: Date, timeZone: string | undefined): RequestRule {
  const after = (milliseconds: number): string => {
    const plain = new Date(from.getTime() + milliseconds);
    if (rule.clock === undefined) return plain.toISOString();
    const open = addOpenTime(rule.clock, from, milliseconds, timeZone ?? "UTC");
    return (open ?? new Date(from.getTime() + LONGEST_MILLISECONDS)).toISOString();
  };
  const { id, description, stages, secondFactor, escalation } = rule;
  return {
    id,
    description,
    stages,
    secondFactor,
    expiresAt: after(rule.expiresMilliseconds),
    remindAt: rule.remindMilliseconds.map((milliseconds) => after(milliseconds)),
    ...(escalation === undefined
      ? {}
      : { escalation: { at: after(escalation.afterMilliseconds), roles: escalation.roles } }),
  };
}

/** When the first of the rules expires, and the request with it; undefined without rules. */
export function expiryOf(rules: readonly RequestRule[]): Date | undefined {
  return earliest(rules.map((rule) => new Date(rule.expiresAt)));
}

/** The next moment after `now` at which the request must be looked after. */
export function nextDeadlineOf(rules: readonly RequestRule[], now: Date): Date | undefined {
  const times = rules.flatMap(({ expiresAt, remindAt, escalation }) => [
    expiresAt,
    ...remindAt,
    ...(escalation === undefined ? [] : [escalation.at]),
  ]);
  const expiry = expiryOf(rules);
  return earliest(
    times
      .map((time) => new Date(time))
      .filter((time) => time.getTime() > now.getTime() || time.getTime() === expiry?.getTime()),
  );
}

function earliest(times: readonly Date[]): Date | undefined {
  return times.length === 0 ? undefined : new Date(Math.min(...times.map((time) => time.getTime())));
}
