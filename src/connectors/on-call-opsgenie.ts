import { z } from "zod";
import { encodePathSegment } from "../catalogue/path-segment.ts";
import { readOnCallEmail } from "./on-call-email.ts";
import { OnCallError } from "./on-call-error.ts";
import { askProvider, type OnCallMeans } from "./on-call-question.ts";
import type { OnCallSchedule } from "./on-call-schedule.ts";

export interface OpsgenieSettings {
  /** The base address: `https://api.opsgenie.com`, or `https://api.eu.opsgenie.com`. */
  apiUrl: string;
  key: string;
}

const answer = z.looseObject({
  data: z.looseObject({
    _parent: z.looseObject({ id: z.string(), enabled: z.boolean() }),
    onCallRecipients: z.array(z.string()),
  }),
});

/**
 * Asks Opsgenie who is on call in a schedule now; a user name there is an e-mail address.
 * Rests on "Get On Calls" of Opsgenie's Who is On Call API.
 * @returns e-mail addresses in lower case
 * @throws OnCallError
 */
export async function askOpsgenie(
  means: OnCallMeans,
  { apiUrl, key }: OpsgenieSettings,
  schedule: OnCallSchedule,
): Promise<ReadonlySet<string>> {
  const { data } = await askProvider(means, schedule, {
    apiUrl,
    headers: { authorization: `GenieKey ${key}` },
    call: {
      method: "GET",
      path: `/v2/schedules/${encodePathSegment(schedule.schedule)}/on-calls`,
      query: { scheduleIdentifierType: "id", flat: "true" },
    },
    shape: answer,
  });
  if (data._parent.id !== schedule.schedule)
    throw new OnCallError(schedule, "it answered about another schedule");
  if (!data._parent.enabled) throw new OnCallError(schedule, "the schedule is switched off");
  const emails = data.onCallRecipients.map(readOnCallEmail);
  if (emails.includes(undefined))
    throw new OnCallError(schedule, "somebody on call has no e-mail address that can be trusted");
  return new Set(emails.filter((email) => email !== undefined));
}
