import { describe, expect, it } from "vitest";
import { dateText } from "../../playground/page/block-kit/date-token.ts";

const now = new Date("2026-03-09T12:00:00Z");
const seconds = (iso: string) => Date.parse(iso) / 1_000;
const text = (iso: string, format: string, timeZone = "UTC") =>
  dateText(seconds(iso), format, "then", timeZone, now);

describe("a date token", () => {
  it.each([
    ["{date_num}", "2026-03-07"],
    ["{date}", "7 March 2026"],
    ["{date_short}", "7 Mar 2026"],
    ["{date_long}", "Saturday, 7 March 2026"],
    ["{time}", "09:05"],
    ["{time_secs}", "09:05:07"],
    ["{date_short_pretty} at {time}", "7 Mar 2026 at 09:05"],
    ["{ago}", "2 days ago"],
  ])("%s is written %s", (format, expected) => {
    expect(text("2026-03-07T09:05:07Z", format)).toBe(expected);
  });

  it.each([
    ["2026-03-08T23:59:59Z", "yesterday"],
    ["2026-03-09T00:00:00Z", "today"],
    ["2026-03-10T23:59:59Z", "tomorrow"],
    ["2026-03-11T00:00:00Z", "11 Mar 2026"],
  ])("%s is %s where the format is pretty", (iso, expected) => {
    expect(text(iso, "{date_short_pretty}")).toBe(expected);
  });

  it("is told in the reader's zone, across a change to summer time and the next day", () => {
    // New York went to summer time on 8 March 2026.
    expect(text("2026-03-08T06:30:00Z", "{date_num} {time}", "America/New_York")).toBe("2026-03-08 01:30");
    expect(text("2026-03-08T07:30:00Z", "{date_num} {time}", "America/New_York")).toBe("2026-03-08 03:30");
    expect(text("2026-03-09T20:00:00Z", "{date_short_pretty}", "Asia/Tokyo")).toBe("tomorrow");
  });

  it("is its fallback where the format, the zone or the moment is none", () => {
    expect(text("2026-03-07T09:05:07Z", "{date_funny}")).toBe("then");
    expect(text("2026-03-07T09:05:07Z", "{date}", "Mars/Olympus")).toBe("then");
    expect(dateText(Number.NaN, "{date}", "then", "UTC", now)).toBe("then");
    expect(dateText(1e15, "{date}", "then", "UTC", now)).toBe("then");
  });
});
