import { z } from "zod";
import { readOnCallEmail } from "./on-call-email.ts";
import { OnCallError } from "./on-call-error.ts";
import { askProvider, type OnCallMeans } from "./on-call-question.ts";
import type { OnCallSchedule } from "./on-call-schedule.ts";

export interface PagerDutySettings {
  /** The base address: `https://api.pagerduty.com`, or `https://api.eu.pagerduty.com`. */
  apiUrl: string;
  token: string;
}

/** PagerDuty gives no more entries than this at once. */
const pageSize = 100;
/** A thousand entries are no schedule that anybody keeps. */
const mostPages = 10;

const moment = z.iso.datetime({ offset: true }).nullable();

const entry = z.looseObject({
  // Null where someone is on call without any schedule.
  schedule: z.looseObject({ id: z.string().min(1) }).nullable(),
  // A mere reference, such as to someone who was deleted, has no address.
  user: z.looseObject({ id: z.string().min(1), email: z.string().optional() }),
  // Null where it has no end on that side.
  start: moment,
  end: moment,
});

const page = z.looseObject({
  oncalls: z.array(entry).max(pageSize),
  limit: z.int().positive(),
  offset: z.int().nonnegative(),
  more: z.boolean(),
});

function covers({ start, end }: z.output<typeof entry>, now: number): boolean {
  return (start === null || Date.parse(start) <= now) && (end === null || now < Date.parse(end));
}

/**
 * Asks PagerDuty who is on call in a schedule now; only people in an escalation policy of that schedule are.
 * Rests on "List all of the on-calls" and "Pagination" of PagerDuty's REST API v2.
 * @param now unix milliseconds
 * @returns e-mail addresses in lower case
 * @throws OnCallError
 */
export async function askPagerDuty(
  means: OnCallMeans,
  { apiUrl, token }: PagerDutySettings,
  schedule: OnCallSchedule,
  now: () => number,
): Promise<ReadonlySet<string>> {
  const emails = new Set<string>();

  function read(one: z.output<typeof entry>): void {
    if (one.schedule?.id !== schedule.schedule)
      throw new OnCallError(schedule, "it answered about another schedule");
    const email = one.user.email === undefined ? undefined : readOnCallEmail(one.user.email);
    if (email === undefined)
      throw new OnCallError(schedule, "somebody on call has no e-mail address that can be trusted");
    if (covers(one, now())) emails.add(email);
  }

  for (let number = 0; number < mostPages; number += 1) {
    const offset = number * pageSize;
    const { oncalls, ...place } = await askProvider(means, schedule, {
      apiUrl,
      headers: {
        authorization: `Token token=${token}`,
        accept: "application/vnd.pagerduty+json;version=2",
      },
      call: {
        method: "GET",
        path: "/oncalls",
        // Without `since` and `until` it is about this moment.
        query: {
          "schedule_ids[]": [schedule.schedule],
          "include[]": ["users"],
          limit: String(pageSize),
          offset: String(offset),
        },
      },
      shape: page,
    });
    if (place.offset !== offset || place.limit !== pageSize || (place.more && oncalls.length !== pageSize))
      throw new OnCallError(schedule, "its pages do not follow one another");
    oncalls.forEach(read);
    if (!place.more) return emails;
  }
  throw new OnCallError(schedule, `it lists more than ${mostPages * pageSize} entries`);
}
