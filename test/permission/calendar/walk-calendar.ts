import {
  millisecondsInDay as DAY,
  millisecondsInHour as HOUR,
  millisecondsInMinute as MINUTE,
} from "date-fns/constants";
import { WEEKDAYS, type Calendar } from "../../../src/permission/calendar/calendar.ts";

/** The same question answered slowly, by reading the clocks of the zone at every minute, as a person would. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks show, in milliseconds as if they showed UTC. */
function clocksAt(moment: number, timeZone: string): number {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  formats.set(timeZone, format);
  return Date.parse(`${format.format(moment).replace(" ", "T")}Z`);
}

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return hour * 60 + minute;
}

/** The open minutes from `from`, a full minute, for this many milliseconds: the moments at which they begin. */
export function openMinutes(calendar: Calendar, from: Date, milliseconds: number, zone: string): number[] {
  const timeZone = calendar.timeZone === "requester" ? zone : calendar.timeZone;
  const [start = 0, end = 0] = calendar.hours.split("-").map(minuteOf);
  const length = end > start ? end - start : end - start + 24 * 60;
  const isWorkingDay = (day: number) =>
    calendar.days.includes(WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? "mon") && !isHoliday(day);
  const isHoliday = (day: number) =>
    calendar.holidays?.includes(new Date(day * DAY).toISOString().slice(0, 10)) ?? false;

  const open: number[] = [];
  // Clocks that go back show nothing new: until they have caught up it stays as late as it was.
  let latest = Number.NEGATIVE_INFINITY;
  for (let moment = from.getTime() - 4 * HOUR; moment < from.getTime() + milliseconds; moment += MINUTE) {
    latest = Math.max(latest, clocksAt(moment, timeZone));
    if (moment < from.getTime()) continue;
    const today = Math.floor(latest / DAY);
    const isWithinShift = [today - 1, today].some((day) => {
      const since = (latest - day * DAY) / MINUTE - start;
      return isWorkingDay(day) && since >= 0 && since < length;
    });
    if (isWithinShift && !isHoliday(today)) open.push(moment);
  }
  return open;
}
