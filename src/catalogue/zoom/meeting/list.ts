import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { nextPageToken, pageSize, userId } from "../fields.ts";

/** Reads one page of a person's meetings of one kind; `total_records` counts them all. */
export const listZoomMeetings = defineOperation({
  name: "zoom.meeting.list",
  vendor: "zoom",
  title: "List a person's Zoom meetings",
  scopes: { classic: ["meeting:read:admin"], granular: ["meeting:read:list_meetings:admin"] },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings",
  input: z.strictObject({
    userId,
    type: z.enum(["live", "upcoming", "scheduled", "upcoming_meetings", "previous_meetings"]).meta({
      title: "Which meetings",
      description:
        "Live ones that run now, upcoming ones, or all scheduled ones that have not expired; with _meetings every occurrence counts.",
    }),
    pageSize,
    nextPageToken,
  }),
  // No more than this is kept: the links in an answer let their reader join.
  output: z.object({
    meetings: z
      .array(
        z.object({
          id: z.number(),
          host_id: z.string().nullish(),
          topic: z.string().nullish(),
          /** 1 instant, 2 scheduled, 3 recurring without a fixed time, 8 recurring at a fixed time. */
          type: z.number().nullish(),
          start_time: z.string().nullish(),
          duration: z.number().nullish(),
          timezone: z.string().nullish(),
        }),
      )
      .nullish(),
    next_page_token: z.string().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ userId, type, pageSize, nextPageToken }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}/meetings`,
    query: {
      type,
      page_size: String(pageSize ?? 300),
      ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
    },
  }),
  pages: "cursor",
  list: "meetings",
  limits: [
    "Instant meetings are never listed, not even while they run; expired ones are not either.",
    "Upcoming and previous meetings reach six months at most.",
  ],
  errors: [
    {
      status: 400,
      code: 3161,
      means: "The person may neither host nor schedule meetings now: whether one runs is not said.",
    },
    ...userErrors,
  ],
});
