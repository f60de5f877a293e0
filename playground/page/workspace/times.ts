/** A message's moment. @param ts Slack's timestamp, seconds since 1970 with a fraction */
export function momentOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

/** `09:41`, in the reader's zone. */
export function clockTime(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }).format(moment);
}

/** `Monday, 23 November 2026`, in the reader's zone. */
export function dayName(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  }).format(moment);
}

/** `Monday, 23 November 2026 at 09:41:07`, in the reader's zone. */
export function wholeMoment(moment: Date, timeZone: string): string {
  const seconds = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" }).format(moment);
  return `${dayName(moment, timeZone)} at ${seconds}`;
}

/** `New York`, for `America/New_York`. */
export function zoneName(timeZone: string): string {
  return timeZone.split("/").at(-1)?.replaceAll("_", " ") ?? timeZone;
}
