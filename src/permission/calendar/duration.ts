import {
  millisecondsInDay as DAY,
  millisecondsInHour as HOUR,
  millisecondsInMinute as MINUTE,
} from "date-fns/constants";

const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY };
const LONGEST = 90 * DAY;

/** A duration such as `30m`, `24h` or `7d` in milliseconds; undefined when it is not one, or is over 90 days. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const milliseconds = Number(amount) * (UNITS[unit ?? ""] ?? Number.NaN);
  return milliseconds <= LONGEST ? milliseconds : undefined;
}

/** Milliseconds as a person would say them, in a unit that comes out even: `24 hours`, `7 days`. */
export function describeDuration(milliseconds: number): string {
  const [name, size]: [string, number] =
    milliseconds > 48 * HOUR && milliseconds % DAY === 0
      ? ["day", DAY]
      : milliseconds % HOUR === 0
        ? ["hour", HOUR]
        : ["minute", MINUTE];
  const amount = Math.round(milliseconds / size);
  return `${amount} ${name}${amount === 1 ? "" : "s"}`;
}
