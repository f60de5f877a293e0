import { tzOffset } from "@date-fns/tz/tzOffset";
import {
  millisecondsInDay as DAY,
  millisecondsInHour as HOUR,
  millisecondsInMinute as MINUTE,
} from "date-fns/constants";

/** Further apart than any zone's clock is from UTC, so that a day is surely reached on either side of it. */
const FARTHEST_FROM_UTC = 16 * HOUR;

/**
 * What the clocks of a zone show at a moment, in milliseconds as if they showed UTC.
 * @param moment in milliseconds since 1970
 * @throws RangeError when the moment is none
 */
export function localTimeAt(moment: number, timeZone: string): number {
  return moment + offsetAt(moment, timeZone);
}

/**
 * The first moment at which the clocks of a zone show this local time or a later one. So a local time that does not
 * exist is the moment at which it was skipped, and one that comes twice is the first of the two, as RFC 5545 (section
 * 3.3.5) has it. A later local time is never an earlier moment.
 * @param local in milliseconds as if the clocks showed UTC
 */
export function momentOf(local: number, timeZone: string): number {
  const early = local - FARTHEST_FROM_UTC;
  const late = local + FARTHEST_FROM_UTC;
  const offset = offsetAt(early, timeZone);
  const laterOffset = offsetAt(late, timeZone);
  if (offset === laterOffset) return local - offset;
  const change = changeBetween(early, late, timeZone);
  return local - offset < change ? local - offset : Math.max(change, local - laterOffset);
}

/** The first moment of the new offset. Clocks never change twice in so short a time. */
function changeBetween(early: number, late: number, timeZone: string): number {
  const offset = offsetAt(early, timeZone);
  let [before, after] = [early, late];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle, timeZone) === offset) before = middle;
    else after = middle;
  }
  return after;
}

/** How far a zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const minutes = tzOffset(timeZone, new Date(moment));
  if (Number.isNaN(minutes)) throw new RangeError("This is no moment that a calendar knows.");
  return Math.round(minutes * MINUTE);
}

/** The day of a local time: how many whole days since 1 January 1970. */
export function dayOf(local: number): number {
  return Math.floor(local / DAY);
}
