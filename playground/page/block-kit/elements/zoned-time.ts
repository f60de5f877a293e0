/** Milliseconds that the clocks of a time zone are ahead of UTC at a moment, to the second. */
function offsetAt(milliseconds: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(milliseconds);
  const part = (name: Intl.DateTimeFormatPartTypes) => Number(parts.find(({ type }) => type === name)?.value);
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - Math.floor(milliseconds / 1_000) * 1_000;
}

/** A moment as clocks on the wall show it, `YYYY-MM-DDTHH:mm`. @param seconds since 1970 */
export function toWallTime(seconds: number, timeZone: string): string {
  const milliseconds = seconds * 1_000;
  return new Date(milliseconds + offsetAt(milliseconds, timeZone)).toISOString().slice(0, 16);
}

const DAY_MILLISECONDS = 86_400_000;

/**
 * The moment at which clocks on the wall show this. Where they show it twice, the first; where they skip it, as much
 * later as they skip.
 * @param wall `YYYY-MM-DDTHH:mm`
 * @returns seconds since 1970; undefined when it is no time
 */
export function fromWallTime(wall: string, timeZone: string): number | undefined {
  const guess = Date.parse(`${wall}Z`);
  if (Number.isNaN(guess)) return undefined;
  const before = offsetAt(guess - DAY_MILLISECONDS, timeZone);
  const after = offsetAt(guess + DAY_MILLISECONDS, timeZone);
  const moments = [guess - before, guess - after].filter(
    (moment) => moment + offsetAt(moment, timeZone) === guess,
  );
  return (moments.length === 0 ? guess - before : Math.min(...moments)) / 1_000;
}
