import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { meetingErrors, meetingId } from "./meeting-id.ts";
import { theirMeetings } from "./their-meetings.ts";

/** Reads one meeting, and whether it runs now. */
export const getZoomMeeting = defineOperation({
  name: "zoom.meeting.get",
  vendor: "zoom",
  title: "Look up a Zoom meeting",
  scopes: {
    classic: ["meeting:read:admin", "meeting:write:admin"],
    granular: ["meeting:read:meeting:admin"],
  },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  choices: { meetingId: theirMeetings("upcoming") },
  docs: "https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}",
  input: z.strictObject({ meetingId }),
  // No more than this is kept: the answer holds the passcode, and a link that signs in as the host.
  output: z.object({
    id: z.number(),
    host_id: z.string().nullish(),
    host_email: z.string().nullish(),
    topic: z.string().nullish(),
    type: z.number().nullish(),
    /** `started` while it runs, `waiting` otherwise; text, because a new word must not make it unreadable. */
    status: z.string().nullish(),
    start_time: z.string().nullish(),
    duration: z.number().nullish(),
    timezone: z.string().nullish(),
  }),
  call: ({ meetingId }) => ({ method: "GET", path: `/meetings/${encodePathSegment(meetingId)}` }),
  errors: meetingErrors,
});
