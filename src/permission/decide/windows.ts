import { describeAsked, speaksOf, type AskedFor } from "./asked.ts";
import { describeCalendar, isOpen, nextOpening } from "../calendar/calendar.ts";
import { calendarOf } from "./calendars.ts";
import type { Policy } from "../schema.ts";

/** A window that is shut: where it is, and when it opens; `opensAt` is missing where it never does. */
export interface ShutWindow {
  id: string;
  sentence: string;
  opensAt?: Date;
}

/**
 * The windows that are shut now for a request.
 * @param timeZone where the requester is; calendars in the requester's zone are shut where it is not known
 */
export function shutWindows(
  policy: Policy,
  asked: AskedFor,
  at: Date,
  timeZone: string | undefined,
): ShutWindow[] {
  return (policy.windows ?? []).flatMap((window, index) => {
    if (!speaksOf(window.for, asked)) return [];
    const calendar = calendarOf(policy, window.during);
    const id = `windows[${index}]`;
    const what = describeAsked(window.for);
    if (calendar.timeZone === "requester" && timeZone === undefined)
      return [
        {
          id,
          sentence: `The policy allows ${what} only in working hours of your time zone, and Slack does not tell yours.`,
        },
      ];
    const zone = timeZone ?? "UTC";
    if (isOpen(calendar, at, zone)) return [];
    const opensAt = nextOpening(calendar, at, zone);
    return [
      {
        id,
        sentence: `The policy allows ${what} only ${describeCalendar(calendar)}.`,
        ...(opensAt === undefined ? {} : { opensAt }),
      },
    ];
  });
}
