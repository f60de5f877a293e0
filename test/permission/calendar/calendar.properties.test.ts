import { millisecondsInDay as DAY, millisecondsInMinute as MINUTE } from "date-fns/constants";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addOpenTime,
  isOpen,
  nextOpening,
  parseHours,
  WEEKDAYS,
  type Calendar,
} from "../../../src/permission/calendar/calendar.ts";
import { openMinutes } from "./walk-calendar.ts";
import { cases } from "../../depth.ts";

const ZONES = [
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Africa/Casablanca",
  "Pacific/Apia",
  "America/Havana",
  "America/St_Johns",
  "UTC",
];

/** Days around which clocks are changed, and some on which nothing is. */
const CHANGES = [
  "2026-03-29", // Berlin
  "2026-10-25",
  "2026-03-08", // New York, Havana
  "2026-11-01",
  "2026-04-05", // Lord Howe, half an hour
  "2026-10-04",
  "2026-02-15", // Casablanca, for Ramadan
  "2026-03-22",
  "2010-11-07", // St. John's, over midnight
  "2011-12-30", // Apia, a day that was not
  "2026-12-25",
  "2028-02-29",
].map((day) => Date.parse(`${day}T00:00:00Z`));

const twoDigits = (number: number) => String(number).padStart(2, "0");
const time = (minutes: number) => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;

/** Hours at full, half and odd minutes, many of them where clocks are changed. */
const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: 47 }).map((half) => half * 30),
  fc.integer({ min: 0, max: 300 }),
  fc.integer({ min: 0, max: 1_439 }),
);
const hours = fc.oneof(
  { arbitrary: fc.constantFrom("00:00-24:00", "22:00-06:00", "08:00-18:00", "02:00-03:00"), weight: 1 },
  {
    arbitrary: fc
      .tuple(minuteOfDay, minuteOfDay)
      .filter(([start, end]) => start !== end)
      .map(([start, end]) => `${time(start)}-${time(end)}`),
    weight: 3,
  },
);

interface Sample {
  calendar: Calendar;
  zone: string;
  from: Date;
}

/** A calendar, and a moment within a few days of a change of the clocks; holidays are near the moment as well. */
const sample: fc.Arbitrary<Sample> = fc
  .record({
    days: fc.subarray([...WEEKDAYS], { minLength: 1 }),
    hours,
    zone: fc.constantFrom(...ZONES),
    isOfRequester: fc.boolean(),
    change: fc.constantFrom(...CHANGES),
    holidays: fc.array(fc.integer({ min: -4, max: 8 }), { maxLength: 4 }),
    before: fc.oneof(
      fc.integer({ min: -2 * 24 * 60, max: 4 * 24 * 60 }).map((minutes) => minutes * MINUTE),
      fc.integer({ min: -2 * DAY, max: 4 * DAY }),
    ),
  })
  .map(({ days, hours, zone, isOfRequester, change, holidays, before }) => ({
    calendar: {
      days,
      hours,
      timeZone: isOfRequester ? "requester" : zone,
      holidays: holidays.map((day) => new Date(change + day * DAY).toISOString().slice(0, 10)),
    },
    zone: isOfRequester ? zone : "Asia/Tokyo",
    from: new Date(change - before),
  }));

const openTime = fc.oneof(
  fc.integer({ min: 0, max: 3 * DAY }),
  fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minutes) => minutes * MINUTE),
  fc.integer({ min: 0, max: 200 * DAY }),
);

const RUNS = { numRuns: cases(100, 400) };

/** What is later than whatever comes. */
const NEVER = Number.POSITIVE_INFINITY;
const added = ({ calendar, from, zone }: Sample, milliseconds: number) =>
  addOpenTime(calendar, from, milliseconds, zone)?.getTime() ?? NEVER;

test("hours are read back as they are written", () => {
  fc.assert(
    fc.property(hours, (text) => {
      const { start, end } = parseHours(text) ?? { start: 0, end: 0 };
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(start + 1_440);
      expect(`${time(start)}-${time(end > 1_440 ? end - 1_440 : end)}`).toBe(
        text.replace(/-00:00$/, "-24:00"),
      );
    }),
  );
});

test("open time ends at an open moment or exactly at a closing", () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: 1, max: 60 * DAY }), ({ calendar, from, zone }, milliseconds) => {
      const end = addOpenTime(calendar, from, milliseconds, zone);
      if (end === undefined) return;
      expect(end.getTime() - from.getTime()).toBeGreaterThanOrEqual(milliseconds);
      expect(isOpen(calendar, new Date(end.getTime() - 1), zone)).toBe(true);
    }),
    RUNS,
  );
});

test("more open time never ends earlier", () => {
  fc.assert(
    fc.property(sample, openTime, openTime, (one, first, second) => {
      const [less, more] = [Math.min(first, second), Math.max(first, second)];
      expect(added(one, less)).toBeLessThanOrEqual(added(one, more));
    }),
    RUNS,
  );
});

test("what begins later never ends earlier", () => {
  fc.assert(
    fc.property(sample, fc.integer({ min: 0, max: 4 * DAY }), openTime, (one, later, milliseconds) => {
      const end = added(one, milliseconds);
      const laterEnd = added({ ...one, from: new Date(one.from.getTime() + later) }, milliseconds);
      // Who begins later may look further ahead.
      if (end !== NEVER) expect(laterEnd).toBeGreaterThanOrEqual(end);
    }),
    RUNS,
  );
});

test("some open time and then some more is as much as both together", () => {
  fc.assert(
    fc.property(sample, openTime, openTime, (one, first, second) => {
      const together = added(one, first + second);
      if (together === NEVER) return;
      expect(added({ ...one, from: new Date(added(one, first)) }, second)).toBe(together);
    }),
    RUNS,
  );
});

test("the next opening is open, it is now where it is open now, and nothing between is open", () => {
  fc.assert(
    fc.property(
      sample,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true })),
      ({ calendar, from, zone }, parts) => {
        const opening = nextOpening(calendar, from, zone);
        expect(isOpen(calendar, from, zone)).toBe(opening?.getTime() === from.getTime());
        if (opening === undefined) return;
        expect(isOpen(calendar, opening, zone)).toBe(true);
        const shut = opening.getTime() - from.getTime();
        for (const part of [...parts, 0, 1]) {
          const between = new Date(from.getTime() + Math.floor(part * (shut - 1)));
          if (shut > 0) expect(isOpen(calendar, between, zone)).toBe(false);
        }
      },
    ),
    RUNS,
  );
});

test("it is open in the same minutes as somebody finds who watches the clocks minute by minute", () => {
  const minutes = fc.integer({ min: 1, max: 600 });
  fc.assert(
    fc.property(sample, minutes, ({ calendar, from: moment, zone }, amount) => {
      const from = new Date(Math.floor(moment.getTime() / MINUTE) * MINUTE);
      const watched = openMinutes(calendar, from, 3 * DAY, zone);
      const [first] = watched;
      if (first !== undefined) expect(nextOpening(calendar, from, zone)?.getTime()).toBe(first);
      const enough = watched[amount - 1];
      if (enough !== undefined)
        expect(addOpenTime(calendar, from, amount * MINUTE, zone)?.getTime()).toBe(enough + MINUTE);
      const last = watched.at(-1);
      if (last !== undefined)
        expect(addOpenTime(calendar, from, watched.length * MINUTE, zone)?.getTime()).toBe(last + MINUTE);
      const open = new Set(watched);
      for (let minute = 0; minute < 2 * 24 * 60; minute += 7) {
        const at = from.getTime() + minute * MINUTE;
        if (isOpen(calendar, new Date(at), zone) !== open.has(at))
          expect.unreachable(`${new Date(at).toISOString()} should be ${open.has(at) ? "open" : "shut"}`);
      }
    }),
    { numRuns: cases(8, 25) },
  );
});

test("ninety days of open time on workdays are eighteen weeks, over the start of summer time", () => {
  const calendar: Calendar = {
    days: ["mon", "tue", "wed", "thu", "fri"],
    hours: "00:00-24:00",
    timeZone: "Europe/Berlin",
  };
  const from = new Date("2026-01-01T00:00:00Z");
  expect(addOpenTime(calendar, from, 90 * DAY, "UTC")?.toISOString()).toBe("2026-05-06T23:00:00.000Z");
});
