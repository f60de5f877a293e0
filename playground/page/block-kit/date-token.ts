const LOCALE = "en-GB";

const DATE_STYLES = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const DAY_MILLISECONDS = 86_400_000;

function isStyle(name: string): name is keyof typeof DATE_STYLES {
  return Object.hasOwn(DATE_STYLES, name);
}

/** The calendar day in a zone, counted in days, so that neighbouring days differ by one. */
function dayNumber(moment: Date, timeZone: string): number {
  return Date.parse(written("date_num", moment, timeZone)) / DAY_MILLISECONDS;
}

function written(style: keyof typeof DATE_STYLES, moment: Date, timeZone: string): string {
  const options: Intl.DateTimeFormatOptions = { ...DATE_STYLES[style], timeZone };
  // Numbers in the order of ISO 8601, whatever the reader's language.
  const text = new Intl.DateTimeFormat(style === "date_num" ? "en-CA" : LOCALE, options).format(moment);
  return style === "date_num" ? text.replaceAll("/", "-") : text;
}

function nearDay(moment: Date, timeZone: string, now: Date): string | undefined {
  const distance = dayNumber(moment, timeZone) - dayNumber(now, timeZone);
  return new Map([
    [-1, "yesterday"],
    [0, "today"],
    [1, "tomorrow"],
  ]).get(distance);
}

const SPANS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

function distanceInWords(moment: Date, now: Date): string {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1_000);
  const [unit, length] = SPANS.find(([, span]) => Math.abs(seconds) >= span) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(Math.trunc(seconds / length), unit);
}

/**
 * The text of a date token, in the reader's own time zone.
 * @param seconds since 1970
 * @param format with tokens such as `{date_short_pretty}` and `{time_secs}`
 * @param fallback shown where the moment, a token or the zone is not one
 * @see https://docs.slack.dev/messaging/formatting-message-text/#date-formatting
 */
export function dateText(
  seconds: number,
  format: string,
  fallback: string,
  timeZone: string,
  now: Date,
): string {
  const moment = new Date(seconds * 1_000);
  if (Number.isNaN(moment.getTime())) return fallback;
  let isUnknown = false;
  try {
    const text = format.replaceAll(/\{(\w+)\}/g, (_, token: string) => {
      if (token === "ago") return distanceInWords(moment, now);
      const plain = token.replace(/_pretty$/, "");
      const near = token === plain ? undefined : nearDay(moment, timeZone, now);
      if (isStyle(plain)) return near ?? written(plain, moment, timeZone);
      isUnknown = true;
      return "";
    });
    return isUnknown ? fallback : text;
  } catch (error) {
    // A time zone that this browser does not know.
    if (error instanceof RangeError) return fallback;
    throw error;
  }
}
