import { millisecondsInHour as HOUR } from "date-fns/constants";
import { expect, test } from "vitest";
import {
  addOpenTime,
  isOpen,
  nextOpening,
  WEEKDAYS,
  type Calendar,
} from "../../../src/permission/calendar/calendar.ts";

const BERLIN: Calendar = {
  days: ["mon", "tue", "wed", "thu", "fri"],
  hours: "08:00-18:00",
  timeZone: "Europe/Berlin",
};
const always: Calendar = { days: WEEKDAYS, hours: "00:00-24:00", timeZone: "Europe/Berlin" };

const at = (text: string) => new Date(text);
const isOpenAt = (calendar: Calendar, text: string) => isOpen(calendar, at(text), "UTC");
const opensAfter = (calendar: Calendar, text: string) =>
  nextOpening(calendar, at(text), "UTC")?.toISOString();
const after = (calendar: Calendar, text: string, milliseconds: number) =>
  addOpenTime(calendar, at(text), milliseconds, "UTC")?.toISOString();

/** How long the calendar is open in all from one moment to another. */
function openHours(calendar: Calendar, from: string, until: string): number {
  let hours = 0;
  while ((addOpenTime(calendar, at(from), (hours + 1) * HOUR, "UTC") ?? at("9999-01-01")) <= at(until))
    hours++;
  return hours;
}

const nights: Calendar = { days: WEEKDAYS, hours: "22:00-06:00", timeZone: "Europe/Berlin" };

test("a night over the spring change is an hour shorter, over the autumn change an hour longer", () => {
  expect(openHours(nights, "2026-03-27T12:00:00Z", "2026-03-28T12:00:00Z")).toBe(8);
  expect(openHours(nights, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toBe(7);
  expect(openHours(nights, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toBe(9);
});

test("a whole day has 23 hours in spring and 25 in autumn", () => {
  expect(openHours({ ...always, days: ["sun"] }, "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z")).toBe(23);
  expect(openHours({ ...always, days: ["sun"] }, "2026-10-24T12:00:00Z", "2026-10-26T12:00:00Z")).toBe(25);
});

test("the same hours of the day are other moments before the change and after it", () => {
  expect(opensAfter(BERLIN, "2026-03-27T18:00:00Z")).toBe("2026-03-30T06:00:00.000Z");
  expect(opensAfter(BERLIN, "2026-10-23T18:00:00Z")).toBe("2026-10-26T07:00:00.000Z");
});

test("a time that does not exist is the moment of the change", () => {
  const early = { ...always, hours: "02:30-05:00" };
  expect(opensAfter(early, "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  const late = { ...always, hours: "00:00-02:30" };
  expect(isOpenAt(late, "2026-03-29T00:59:59.999Z")).toBe(true);
  expect(isOpenAt(late, "2026-03-29T01:00:00Z")).toBe(false);
});

test("hours that do not exist on a day have no open time on it", () => {
  const skipped = { ...always, hours: "02:00-03:00" };
  expect(opensAfter(skipped, "2026-03-28T12:00:00Z")).toBe("2026-03-30T00:00:00.000Z");
});

test("a time that comes twice is the first of the two", () => {
  const until = { ...always, hours: "00:00-02:30" };
  expect(isOpenAt(until, "2026-10-25T00:29:59.999Z")).toBe(true);
  expect(isOpenAt(until, "2026-10-25T00:30:00Z")).toBe(false);
  expect(isOpenAt(until, "2026-10-25T01:15:00Z")).toBe(false);
  const from = { ...always, hours: "02:30-05:00" };
  expect(opensAfter(from, "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
  expect(isOpenAt(from, "2026-10-25T01:15:00Z")).toBe(true);
});

test("where the clocks go back at midnight, the day before is an hour longer", () => {
  // In Asunción on 28 March 2021 it was 23:00 of Saturday once more instead of midnight.
  const saturday = { ...always, timeZone: "America/Asuncion", days: ["sat"] } as const;
  expect(openHours(saturday, "2021-03-26T12:00:00Z", "2021-03-29T12:00:00Z")).toBe(25);
  expect(isOpenAt(saturday, "2021-03-28T03:59:59.999Z")).toBe(true);
  expect(isOpenAt({ ...saturday, days: ["sun"] }, "2021-03-28T04:00:00Z")).toBe(true);
});

test("where the clocks go back over midnight, the day that was over does not begin again", () => {
  // In St. John's on 7 November 2010 it was 23:01 of Saturday once more at one minute past midnight.
  const saturday = { ...always, timeZone: "America/St_Johns", days: ["sat"] } as const;
  expect(isOpenAt(saturday, "2010-11-07T02:29:59.999Z")).toBe(true);
  expect(isOpenAt(saturday, "2010-11-07T03:00:00Z")).toBe(false);
  expect(opensAfter(saturday, "2010-11-07T02:30:00Z")).toBe("2010-11-13T03:30:00.000Z");
  expect(isOpenAt({ ...saturday, days: ["sun"] }, "2010-11-07T03:00:00Z")).toBe(true);
});

test("a day that a country skipped has no open time", () => {
  // Samoa had no 30 December 2011.
  const apia: Calendar = { days: ["fri"], hours: "08:00-18:00", timeZone: "Pacific/Apia" };
  expect(opensAfter(apia, "2011-12-29T00:00:00Z")).toBe("2012-01-05T18:00:00.000Z");
});

test("half an hour of change is half an hour", () => {
  const lordHowe = { ...always, timeZone: "Australia/Lord_Howe", days: ["sun"] } as const;
  expect(after(lordHowe, "2026-04-03T00:00:00Z", 24.5 * HOUR)).toBe("2026-04-05T13:30:00.000Z");
  expect(after(lordHowe, "2026-10-02T00:00:00Z", 23.5 * HOUR)).toBe("2026-10-04T13:00:00.000Z");
});
