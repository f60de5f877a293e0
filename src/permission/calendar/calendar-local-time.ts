import { tzOffset } from "@date-fns/tz/tzOffset";
import {
  millisecondsInDay as DAY,
  millisecondsInHour as HOUR,
  millisecondsInMinute as MINUTE,
} from "date-fns/constants";

/** Further apart than any zone's clocks are from UTC. */
const FARTHEST_FROM_UTC = 16 * HOUR;

/** The clocks of one time zone. A moment is in milliseconds since 1970; a local time is one as if clocks showed UTC. */
export interface ZoneClocks {
  /** What they show at a moment. @throws RangeError when it is none */
  localTimeAt(moment: number): number;
  /**
   * The first moment at which they show this local time or a later one. So a local time that does not exist is the
   * moment at which it was skipped, and one that comes twice is the first of the two, as RFC 5545 (section 3.3.5) has
   * it. A later local time is never an earlier moment.
   */
  momentOf(local: number): number;
}

/** The clocks of a zone that `isTimeZone` knows; made for one question, as it keeps what it has looked up. */
export function clocksOf(timeZone: string): ZoneClocks {
  const offsets = new Map<number, number>();
  const offsetAt = (moment: number): number => {
    const minutes = tzOffset(timeZone, new Date(moment));
    if (Number.isNaN(minutes)) throw new RangeError("This is no moment.");
    return Math.round(minutes * MINUTE);
  };
  const offsetAtMidnight = (midnight: number): number => {
    const offset = offsets.get(midnight) ?? offsetAt(midnight);
    offsets.set(midnight, offset);
    return offset;
  };
  /** When the clocks were changed. They never are twice in the few days that this is asked of. */
  const changeBetween = (early: number, late: number): number => {
    const offset = offsetAt(early);
    let [before, after] = [early, late];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    return after;
  };
  return {
    localTimeAt: (moment) => moment + offsetAt(moment),
    momentOf(local) {
      // Midnights of UTC on either side: the same for many local times, and looking one up is slow.
      const early = Math.floor((local - FARTHEST_FROM_UTC) / DAY) * DAY;
      const late = Math.ceil((local + FARTHEST_FROM_UTC) / DAY) * DAY;
      const [offset, laterOffset] = [offsetAtMidnight(early), offsetAtMidnight(late)];
      if (offset === laterOffset) return local - offset;
      const change = changeBetween(early, late);
      return local - offset < change ? local - offset : Math.max(change, local - laterOffset);
    },
  };
}

/** The day of a local time: how many whole days since 1 January 1970. */
export function dayOf(local: number): number {
  return Math.floor(local / DAY);
}
