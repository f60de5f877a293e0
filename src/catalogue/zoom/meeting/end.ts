import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { getZoomMeeting } from "./get.ts";
import { meetingErrors, meetingId } from "./meeting-id.ts";
import { liveMeetingsOf, theirMeetings } from "./their-meetings.ts";

/** Ends a running meeting for everyone in it. The meeting itself stays, and its host can start it again. */
export const endZoomMeeting = defineOperation({
  name: "zoom.meeting.end",
  vendor: "zoom",
  title: "End a running Zoom meeting",
  scopes: { classic: ["meeting:write:admin"], granular: ["meeting:update:status:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  // A second call could end a meeting that was started again: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  choices: { meetingId: theirMeetings("live") },
  current: { operation: "zoom.meeting.list", input: (known) => liveMeetingsOf(known) },
  docs: "https://developers.zoom.us/docs/api/meetings/#tag/meetings/PUT/meetings/{meetingId}/status",
  input: z.strictObject({ meetingId }),
  output: z.undefined(),
  call: ({ meetingId }) => ({
    method: "PUT",
    path: `/meetings/${encodePathSegment(meetingId)}/status`,
    body: { action: "end" },
  }),
  subject: ({ meetingId }) => `meeting ${meetingId}`,
  readBack: {
    operation: getZoomMeeting.name,
    input: ({ meetingId }) => ({ meetingId }),
    proves: (reading, { meetingId }) => {
      // An instant meeting is gone once it has ended; any other waits for its next start.
      if (!reading.found) return true;
      const meeting = getZoomMeeting.output.safeParse(reading.output).data;
      return meeting !== undefined && String(meeting.id) === meetingId && meeting.status === "waiting";
    },
  },
  undo: "The host can start the meeting again, and everyone has to join it again.",
  limits: [
    "Everyone in the meeting is put out of it without a warning.",
    "It keeps nobody from starting the meeting again: deactivate the host first.",
    "The host needs a Zoom Meetings Basic licence or higher.",
  ],
  errors: [
    {
      status: 400,
      code: 3063,
      means: "The meeting runs on the company's own servers, and only they can end it.",
    },
    ...meetingErrors,
  ],
});
