import { millisecondsInDay as DAY, millisecondsInMinute as MINUTE } from "date-fns/constants";
import { clocksOf, dayOf } from "./calendar-local-time.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** When people work. */
export interface Calendar {
  days: readonly Weekday[];
  /** `08:00-18:00`; `22:00-06:00` goes over midnight and belongs to the day it starts on; `00:00-24:00` is all day. */
  hours: string;
  /** An IANA zone, or `requester`: the requester's time zone. */
  timeZone: string;
  /** Local days that are closed whole, such as `2026-12-25`: a shift from the day before ends at midnight. */
  holidays?: readonly string[];
}

const MINUTES_IN_DAY = 24 * 60;
/** Names that Intl took: asking it takes longer than all the rest. */
const knownZones = new Set<string>();
/** How far ahead a calendar is looked at. */
const LONGEST = 400 * DAY;

/** The first and the last moment, not included, of one stretch of open time, in milliseconds since 1970. */
interface Opening {
  opens: number;
  closes: number;
}

/**
 * Hours such as `08:00-18:00` in minutes of the day; past midnight `end` counts on, up to a day after `start`.
 * Undefined when they are malformed or empty.
 */
export function parseHours(text: string): { start: number; end: number } | undefined {
  const match = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const start = fromHour * 60 + fromMinute;
  const end = toHour * 60 + toMinute;
  if (start >= MINUTES_IN_DAY || end > MINUTES_IN_DAY || start === end) return undefined;
  return { start, end: end < start ? end + MINUTES_IN_DAY : end };
}

/** Whether this is the name of a time zone as IANA has them, such as `Europe/Berlin`. */
export function isTimeZone(text: string): boolean {
  if (knownZones.has(text)) return true;
  // Intl takes offsets such as +02:00 as well, which know no daylight-saving time.
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en-US", { timeZone: text }).resolvedOptions();
    if (timeZone !== "") knownZones.add(text);
    return timeZone !== "";
  } catch {
    return false;
  }
}

/** Whether this is a day that exists, written like `2026-12-25`. */
export function isHoliday(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/**
 * Whether the calendar is open at this moment.
 * @param zone the IANA zone to use where the calendar says `requester`
 * @throws RangeError when there is no such zone, or the hours are malformed
 */
export function isOpen(calendar: Calendar, at: Date, zone: string): boolean {
  const [first] = openings(calendar, at, zone);
  return first !== undefined && first.opens <= at.getTime();
}

/**
 * The next moment at or after `at` when it is open; undefined when it will not be within 400 days.
 * @param zone the IANA zone to use where the calendar says `requester`
 * @throws RangeError when there is no such zone, or the hours are malformed
 */
export function nextOpening(calendar: Calendar, at: Date, zone: string): Date | undefined {
  const [first] = openings(calendar, at, zone);
  return first === undefined ? undefined : new Date(Math.max(first.opens, at.getTime()));
}

/**
 * The first moment when so much open time has passed since `from`, to the millisecond: real time, however the clocks
 * are changed. Undefined where 400 days do not suffice.
 * @param milliseconds a whole number, not negative
 * @param zone the IANA zone to use where the calendar says `requester`
 * @throws RangeError when there is no such zone, or the hours or the milliseconds are malformed
 */
export function addOpenTime(
  calendar: Calendar,
  from: Date,
  milliseconds: number,
  zone: string,
): Date | undefined {
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 0)
    throw new RangeError("Open time is counted in whole milliseconds.");
  const ahead = openings(calendar, from, zone);
  if (milliseconds === 0) return new Date(from);
  let left = milliseconds;
  for (const { opens, closes } of ahead) {
    const begins = Math.max(opens, from.getTime());
    if (left <= closes - begins) {
      const end = begins + left;
      return end - from.getTime() > LONGEST ? undefined : new Date(end);
    }
    left -= closes - begins;
  }
  return undefined;
}

/**
 * The calendar as people say it: `Monday to Friday, 08:00 to 18:00 (Europe/Berlin), not on holidays`.
 * @throws RangeError when the hours are malformed
 */
export function describeCalendar(calendar: Calendar): string {
  const { start, end } = hoursOf(calendar);
  const hours =
    end - start === MINUTES_IN_DAY && start === 0
      ? "all day"
      : `${sayTime(start)} to ${end > MINUTES_IN_DAY ? `${sayTime(end - MINUTES_IN_DAY)} the next day` : sayTime(end)}`;
  const zone = calendar.timeZone === "requester" ? "the requester's time zone" : calendar.timeZone;
  const holidays = (calendar.holidays ?? []).length === 0 ? "" : ", not on holidays";
  return `${sayDays(calendar.days)}, ${hours} (${zone})${holidays}`;
}

/** Every stretch of open time that ends after `from` and begins within 400 days, in order. */
function openings(calendar: Calendar, from: Date, zone: string): Iterable<Opening> {
  const timeZone = calendar.timeZone === "requester" ? zone : calendar.timeZone;
  if (!isTimeZone(timeZone)) throw new RangeError("A calendar has a time zone that does not exist.");
  return openingsIn(calendar, timeZone, from.getTime());
}

function* openingsIn(calendar: Calendar, timeZone: string, from: number): Generator<Opening, void> {
  const { start, end } = hoursOf(calendar);
  const weekdays = new Set(calendar.days.map((day) => WEEKDAYS.indexOf(day)));
  const holidays = new Set(calendar.holidays?.map((text) => dayOf(Date.parse(`${text}T00:00:00Z`))));
  const clocks = clocksOf(timeZone);
  const last = from + LONGEST;
  // What began on the day before may go over midnight.
  const firstDay = dayOf(clocks.localTimeAt(from)) - 1;
  const lastDay = dayOf(clocks.localTimeAt(last)) + 1;
  for (let day = firstDay; day <= lastDay; day++) {
    if (holidays.has(day) || !weekdays.has(weekdayOf(day))) continue;
    const endOfDay = holidays.has(day + 1) ? Math.min(end, MINUTES_IN_DAY) : end;
    const opens = clocks.momentOf(day * DAY + start * MINUTE);
    const closes = clocks.momentOf(day * DAY + endOfDay * MINUTE);
    // Where the clocks skip all of the hours, there is nothing between.
    if (closes > from && closes > opens && opens <= last) yield { opens, closes };
  }
}

function hoursOf({ hours }: Calendar): { start: number; end: number } {
  const parsed = parseHours(hours);
  if (parsed === undefined) throw new RangeError("A calendar has hours that are malformed.");
  return parsed;
}

/** Where in the week a day stands that is counted from 1 January 1970, a Thursday. */
function weekdayOf(day: number): number {
  return (((day + WEEKDAYS.indexOf("thu")) % 7) + 7) % 7;
}

/** Days in the order of the week; three or more in a row as `Monday to Wednesday`. */
function sayDays(days: readonly Weekday[]): string {
  const runs: number[][] = [];
  for (const [index, day] of WEEKDAYS.entries()) {
    if (!days.includes(day)) continue;
    const run = runs.at(-1);
    if (run?.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  }
  if (runs[0]?.length === WEEKDAYS.length) return "every day";
  const parts = runs.flatMap((run) => {
    const names = run.map((index) => DAY_NAMES[index]);
    return names.length < 3 ? names : [`${names[0]} to ${names.at(-1)}`];
  });
  const last = parts.pop() ?? "never";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

function sayTime(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
