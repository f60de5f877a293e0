import { describeAsked, speaksOf, type AskedFor } from "../decide/asked.ts";
import { describeCalendar } from "../calendar/calendar.ts";
import { calendarOf } from "../decide/calendars.ts";
import { describeDuration, parseDuration } from "../calendar/duration.ts";
import { reachedLimits, type PastRequest } from "../decide/limits.ts";
import type { Policy } from "../schema.ts";
import type { Sentence } from "./sentence.ts";
import { shutWindows } from "../decide/windows.ts";

interface AskedAt extends AskedFor {
  at: Date;
}

/**
 * Every window that speaks of a request: when it is open, and when a shut one opens.
 * @param timeZone where the person is; undefined where Slack does not tell
 */
export function explainWindows(policy: Policy, asked: AskedAt, timeZone: string | undefined): Sentence[] {
  const shut = new Map(shutWindows(policy, asked, asked.at, timeZone).map((window) => [window.id, window]));
  return (policy.windows ?? []).flatMap((window, index) => {
    if (!speaksOf(window.for, asked)) return [];
    const id = `windows[${index}]`;
    const calendar = calendarOf(policy, window.during);
    const rule = `${id}: ${describeAsked(window.for)} only ${describeCalendar(calendar)}`;
    const closed = shut.get(id);
    if (closed === undefined) return [[`${rule}; that is now.`]];
    if (calendar.timeZone === "requester" && timeZone === undefined)
      return [[`${rule}; Slack does not tell theirs, so it is shut.`]];
    return closed.opensAt === undefined
      ? [[`${rule}; it is shut, and does not open within 400 days.`]]
      : [[`${rule}; it is shut now, and opens `, closed.opensAt, "."]];
  });
}

/** Every limit that speaks of a request: how much of it is used, and when a full one has room again. */
export function explainLimits(policy: Policy, asked: AskedAt, history: readonly PastRequest[]): Sentence[] {
  const full = new Map(reachedLimits(policy, asked, history, asked.at).map((limit) => [limit.id, limit]));
  return (policy.limits ?? []).flatMap((limit, index) => {
    if (!speaksOf(limit.for, asked)) return [];
    const id = `limits[${index}]`;
    const isShared = limit.per === "everyone";
    const span = parseDuration(limit.within) ?? 0;
    const used = history.filter(
      (past) =>
        (isShared || past.isOwn) &&
        speaksOf(limit.for, past) &&
        past.at.getTime() > asked.at.getTime() - span,
    ).length;
    const rule = `${id}: at most ${limit.at_most} ${limit.at_most === 1 ? "request" : "requests"} ${isShared ? "of everyone together" : "a person"} within ${describeDuration(span)} for ${describeAsked(limit.for)}; ${used} ${used === 1 ? "is" : "are"} used`;
    const reached = full.get(id);
    return reached === undefined
      ? [[`${rule}, so there is room for ${limit.at_most - used}.`]]
      : [[`${rule}. There is room again `, reached.freeAt, "."]];
  });
}
