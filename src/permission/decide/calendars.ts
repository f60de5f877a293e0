import type { Calendar } from "../calendar/calendar.ts";
import type { Policy } from "../schema.ts";

/** A calendar of the policy by its name. @throws RangeError when there is none; the policy's own checks refuse that */
export function calendarOf(policy: Pick<Policy, "calendars">, name: string): Calendar {
  const entry =
    policy.calendars !== undefined && Object.hasOwn(policy.calendars, name)
      ? policy.calendars[name]
      : undefined;
  if (entry === undefined) throw new RangeError(`The policy has no calendar ${name}.`);
  const { days, hours, time_zone: timeZone, holidays } = entry;
  return { days, hours, timeZone, ...(holidays === undefined ? {} : { holidays }) };
}
