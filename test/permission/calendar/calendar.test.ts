import { addDays } from "date-fns/addDays";
import { millisecondsInDay as DAY, millisecondsInHour as HOUR } from "date-fns/constants";
import { describe, expect, test } from "vitest";
import {
  addOpenTime,
  describeCalendar,
  isHoliday,
  isOpen,
  isTimeZone,
  nextOpening,
  parseHours,
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
const isOpenAt = (calendar: Calendar, text: string, zone = "UTC") => isOpen(calendar, at(text), zone);
const opensAfter = (calendar: Calendar, text: string, zone = "UTC") =>
  nextOpening(calendar, at(text), zone)?.toISOString();
const after = (calendar: Calendar, text: string, milliseconds: number, zone = "UTC") =>
  addOpenTime(calendar, at(text), milliseconds, zone)?.toISOString();

describe("hours", () => {
  test.each([
    ["08:00-18:00", { start: 480, end: 1080 }],
    ["22:00-06:00", { start: 1320, end: 1800 }],
    ["00:00-24:00", { start: 0, end: 1440 }],
    ["22:00-24:00", { start: 1320, end: 1440 }],
    ["22:00-00:00", { start: 1320, end: 1440 }],
    ["08:01-08:00", { start: 481, end: 1920 }],
    ["23:59-24:00", { start: 1439, end: 1440 }],
  ])("%s are minutes of the day", (text, minutes) => {
    expect(parseHours(text)).toEqual(minutes);
  });

  test.each([
    "",
    "8:00-18:00",
    "08:00",
    "08:00-18:60",
    "08:00-24:01",
    "25:00-26:00",
    "24:00-06:00",
    "08:00 - 18:00",
    "08:00–18:00",
    "08:00-18:00\n",
    "٠٨:٠٠-١٨:٠٠",
    "08:00-08:00",
    "00:00-00:00",
  ])("%j are none", (text) => {
    expect(parseHours(text)).toBeUndefined();
  });
});

describe("names", () => {
  test.each(["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC", "Asia/Kathmandu", "Asia/Calcutta"])(
    "%s is a time zone",
    (text) => {
      expect(isTimeZone(text)).toBe(true);
    },
  );

  test.each(["", "requester", "Europe/Atlantis", "+02:00", "-05:00", "Europe/Berlin ", "CEST"])(
    "%j is no time zone",
    (text) => {
      expect(isTimeZone(text)).toBe(false);
    },
  );

  test.each(["2026-12-25", "2028-02-29", "0099-01-01"])("%s is a day", (text) => {
    expect(isHoliday(text)).toBe(true);
  });

  test.each([
    "2026-02-29",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-12-00",
    "26-12-25",
    "2026-12-25T00:00",
    "",
  ])("%j is no day", (text) => {
    expect(isHoliday(text)).toBe(false);
  });
});

describe("working days", () => {
  test("a calendar opens at the first minute and closes at the last, by its own zone", () => {
    expect(isOpenAt(BERLIN, "2026-11-23T06:59:59.999Z")).toBe(false);
    expect(isOpenAt(BERLIN, "2026-11-23T07:00:00Z")).toBe(true);
    expect(isOpenAt(BERLIN, "2026-11-23T16:59:59.999Z")).toBe(true);
    expect(isOpenAt(BERLIN, "2026-11-23T17:00:00Z")).toBe(false);
    expect(isOpenAt(BERLIN, "2026-11-22T10:00:00Z")).toBe(false);
  });

  test("what is open now opens now, and what is shut opens on the next working day", () => {
    expect(opensAfter(BERLIN, "2026-11-23T12:34:56.789Z")).toBe("2026-11-23T12:34:56.789Z");
    expect(opensAfter(BERLIN, "2026-11-23T17:00:00Z")).toBe("2026-11-24T07:00:00.000Z");
    expect(opensAfter(BERLIN, "2026-11-27T17:00:00Z")).toBe("2026-11-30T07:00:00.000Z");
  });

  test("four open hours from Friday afternoon end on Monday morning", () => {
    expect(after(BERLIN, "2026-11-27T15:00:00Z", 4 * HOUR)).toBe("2026-11-30T09:00:00.000Z");
  });

  test("open time that ends with the day ends at its closing, and one millisecond more is on the next", () => {
    expect(after(BERLIN, "2026-11-23T15:00:00Z", 2 * HOUR)).toBe("2026-11-23T17:00:00.000Z");
    expect(after(BERLIN, "2026-11-23T15:00:00Z", 2 * HOUR + 1)).toBe("2026-11-24T07:00:00.001Z");
  });

  test("no open time is over at once, also where it is shut", () => {
    expect(after(BERLIN, "2026-11-22T10:00:00Z", 0)).toBe("2026-11-22T10:00:00.000Z");
  });

  test("a calendar that follows the requester is open when it is day where they are", () => {
    const calendar = { ...BERLIN, timeZone: "requester" };
    expect(isOpenAt(calendar, "2026-11-23T22:00:00Z", "America/Los_Angeles")).toBe(true);
    expect(isOpenAt(calendar, "2026-11-23T22:00:00Z", "Europe/Berlin")).toBe(false);
    expect(opensAfter(calendar, "2026-11-23T22:00:00Z", "Asia/Kathmandu")).toBe("2026-11-24T02:15:00.000Z");
  });

  test("a calendar in a zone of its own does not follow the requester", () => {
    expect(isOpenAt(BERLIN, "2026-11-23T22:00:00Z", "America/Los_Angeles")).toBe(false);
  });
});

describe("over midnight", () => {
  const nights: Calendar = { days: ["fri"], hours: "22:00-06:00", timeZone: "UTC" };

  test("a night belongs to the day on which it begins", () => {
    expect(isOpenAt(nights, "2026-11-27T05:59:00Z")).toBe(false);
    expect(isOpenAt(nights, "2026-11-27T22:00:00Z")).toBe(true);
    expect(isOpenAt(nights, "2026-11-28T05:59:00Z")).toBe(true);
    expect(isOpenAt(nights, "2026-11-28T06:00:00Z")).toBe(false);
    expect(isOpenAt(nights, "2026-11-28T22:00:00Z")).toBe(false);
  });

  test("nine hours of eight-hour nights end a week later", () => {
    expect(after(nights, "2026-11-27T12:00:00Z", 9 * HOUR)).toBe("2026-12-04T23:00:00.000Z");
  });
});

describe("holidays", () => {
  const holidays = ["2026-12-25"];

  test("a holiday is shut, and its hours are had on the next working day", () => {
    const calendar = { ...BERLIN, holidays };
    expect(isOpenAt(calendar, "2026-12-25T10:00:00Z")).toBe(false);
    expect(isOpenAt(BERLIN, "2026-12-25T10:00:00Z")).toBe(true);
    expect(after(calendar, "2026-12-24T16:00:00Z", 2 * HOUR)).toBe("2026-12-28T08:00:00.000Z");
  });

  test("a holiday is a day of the calendar's zone", () => {
    const calendar = { ...always, timeZone: "Pacific/Apia", holidays };
    expect(isOpenAt(calendar, "2026-12-24T10:59:59.999Z")).toBe(true);
    expect(isOpenAt(calendar, "2026-12-24T11:00:00Z")).toBe(false);
    expect(opensAfter(calendar, "2026-12-24T11:00:00Z")).toBe("2026-12-25T11:00:00.000Z");
  });

  test("a holiday is shut from midnight to midnight, and so is the night that would begin on it", () => {
    const nights: Calendar = { days: WEEKDAYS, hours: "22:00-06:00", timeZone: "UTC", holidays };
    expect(isOpenAt(nights, "2026-12-24T23:59:59.999Z")).toBe(true);
    expect(isOpenAt(nights, "2026-12-25T00:00:00Z")).toBe(false);
    expect(isOpenAt(nights, "2026-12-25T23:00:00Z")).toBe(false);
    expect(opensAfter(nights, "2026-12-25T00:00:00Z")).toBe("2026-12-26T22:00:00.000Z");
    expect(after(nights, "2026-12-24T22:00:00Z", 3 * HOUR)).toBe("2026-12-26T23:00:00.000Z");
  });
});

describe("limits", () => {
  test("a calendar that does not open within 400 days does not open", () => {
    const from = at("2026-01-01T00:00:00Z");
    const shut = Array.from({ length: 400 }, (_, day) => addDays(from, day).toISOString().slice(0, 10));
    const calendar: Calendar = { ...always, timeZone: "UTC", holidays: shut };
    expect(nextOpening(calendar, from, "UTC")).toEqual(addDays(from, 400));
    expect(nextOpening(calendar, new Date(from.getTime() - 1), "UTC")?.toISOString()).toBe(
      "2025-12-31T23:59:59.999Z",
    );
    expect(
      nextOpening({ ...calendar, holidays: [...shut, "2025-12-31"] }, addDays(from, -1), "UTC"),
    ).toBeUndefined();
    expect(addOpenTime(calendar, from, 1, "UTC")).toBeUndefined();
    expect(isOpen(calendar, from, "UTC")).toBe(false);
  });

  test("open time ends within 400 days or not at all", () => {
    const calendar = { ...always, timeZone: "UTC" };
    expect(after(calendar, "2026-01-01T00:00:00Z", 400 * DAY)).toBe("2027-02-05T00:00:00.000Z");
    expect(after(calendar, "2026-01-01T00:00:00Z", 400 * DAY + 1)).toBeUndefined();
  });

  test("a calendar without days never opens", () => {
    expect(opensAfter({ ...BERLIN, days: [] }, "2026-01-01T00:00:00Z")).toBeUndefined();
  });

  test("a zone that does not exist, malformed hours and moments that are none are refused", () => {
    const now = at("2026-01-01T00:00:00Z");
    const follows = { ...BERLIN, timeZone: "requester" };
    for (const zone of ["Europe/Atlantis", "requester", "", "+02:00"]) {
      expect(() => isOpen(follows, now, zone)).toThrow(RangeError);
      expect(() => nextOpening(follows, now, zone)).toThrow(RangeError);
      expect(() => addOpenTime(follows, now, 0, zone)).toThrow(RangeError);
    }
    expect(() => isOpen({ ...BERLIN, timeZone: "Europe/Atlantis" }, now, "UTC")).toThrow(RangeError);
    expect(() => isOpen({ ...BERLIN, hours: "08:00" }, now, "UTC")).toThrow(RangeError);
    expect(() => isOpen(BERLIN, at("yesterday"), "UTC")).toThrow(RangeError);
    for (const milliseconds of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => addOpenTime(BERLIN, now, milliseconds, "UTC")).toThrow(RangeError);
  });
});

describe("in words", () => {
  test.each<[Partial<Calendar>, string]>([
    [{ holidays: ["2026-12-25"] }, "Monday to Friday, 08:00 to 18:00 (Europe/Berlin), not on holidays"],
    [{ holidays: [] }, "Monday to Friday, 08:00 to 18:00 (Europe/Berlin)"],
    [{ timeZone: "requester" }, "Monday to Friday, 08:00 to 18:00 (the requester's time zone)"],
    [{ days: ["fri", "mon"] }, "Monday and Friday, 08:00 to 18:00 (Europe/Berlin)"],
    [
      { days: ["sun", "mon", "tue", "wed", "sat"] },
      "Monday to Wednesday, Saturday and Sunday, 08:00 to 18:00 (Europe/Berlin)",
    ],
    [{ days: ["tue"], hours: "22:00-06:00" }, "Tuesday, 22:00 to 06:00 the next day (Europe/Berlin)"],
    [{ days: WEEKDAYS, hours: "00:00-24:00" }, "every day, all day (Europe/Berlin)"],
    [{ hours: "14:00-24:00" }, "Monday to Friday, 14:00 to 24:00 (Europe/Berlin)"],
    [{ days: [] }, "never, 08:00 to 18:00 (Europe/Berlin)"],
  ])("%j is told as %j", (changes, words) => {
    expect(describeCalendar({ ...BERLIN, ...changes })).toBe(words);
  });
});
