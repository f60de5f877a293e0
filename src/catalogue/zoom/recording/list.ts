import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { nextPageToken, pageSize, userId } from "../fields.ts";

const longestRange = 31 * 24 * 60 * 60 * 1000;

/** Reads one page of a person's cloud recordings between two days; `total_records` counts them all. */
export const listZoomRecordings = defineOperation({
  name: "zoom.recording.list",
  vendor: "zoom",
  title: "List a person's Zoom cloud recordings",
  scopes: {
    classic: ["recording:read:admin"],
    granular: ["cloud_recording:read:list_user_recordings:admin"],
  },
  risk: "read",
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings",
  input: z
    .strictObject({
      userId,
      from: z.iso.date().meta({ title: "From", description: "The first day, by UTC." }),
      to: z.iso
        .date()
        .meta({ title: "To", description: "The last day, by UTC; at most a month after the first." }),
      pageSize,
      nextPageToken,
    })
    .refine(({ from, to }) => from <= to, { path: ["to"], message: "the last day is before the first" })
    // Zoom shortens a longer range without a word, and what it counts then is not what was asked.
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestRange, {
      path: ["to"],
      message: "the last day is more than a month after the first",
    }),
  // No more than this is kept: the links in an answer let their reader see the recording, and it holds passcodes.
  output: z.object({
    from: z.string().nullish(),
    to: z.string().nullish(),
    meetings: z
      .array(
        z.object({
          id: z.number().or(z.string()).nullish(),
          host_id: z.string().nullish(),
          topic: z.string().nullish(),
          start_time: z.string().nullish(),
          duration: z.number().nullish(),
          /** Bytes. */
          total_size: z.number().nullish(),
          recording_count: z.number().nullish(),
        }),
      )
      .nullish(),
    next_page_token: z.string().nullish(),
    total_records: z.number().nullish(),
  }),
  call: ({ userId, from, to, pageSize, nextPageToken }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}/recordings`,
    query: {
      from,
      to,
      page_size: String(pageSize ?? 300),
      ...(nextPageToken === undefined ? {} : { next_page_token: nextPageToken }),
    },
  }),
  pages: "cursor",
  list: "meetings",
  limits: [
    "Zoom answers a month at a time.",
    "The account needs a Pro or higher plan with cloud recording switched on.",
    "Recordings in the trash are not counted.",
  ],
  errors: [{ status: 404, code: 3301, means: "There is no recording." }, ...userErrors],
});
