import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { expiredInvitation, userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { byZoomUser } from "../known-user.ts";
import { isShown } from "../user/is-shown.ts";
import { queryOf } from "../query.ts";
import { meetingAuthentication, recordingAuthentication, showsAuthentication } from "./authentication.ts";
import { features } from "./features.ts";
import { getZoomSettings } from "./get.ts";
import { inMeeting } from "./in-meeting.ts";
import { audioConferencing, emailNotification, profile, telephony, telephonyService } from "./others.ts";
import { recording } from "./recording.ts";
import { scheduling } from "./scheduling.ts";
import { security } from "./security.ts";
import { settingsErrors } from "./settings-errors.ts";
import { knownSettings } from "./known-settings.ts";

const changes = z
  .strictObject({
    in_meeting: inMeeting,
    schedule_meeting: scheduling,
    recording,
    email_notification: emailNotification,
    audio_conferencing: audioConferencing,
    telephony,
    tsp: telephonyService,
    profile,
    feature: features,
    meeting_security: security,
    meeting_authentication: meetingAuthentication,
    recording_authentication: recordingAuthentication,
  })
  .refine((settings) => Object.values(settings).some((value) => value !== undefined), "changes nothing")
  .refine((settings) => {
    const named = Object.entries(settings).filter(([, value]) => value !== undefined);
    return named.length <= 1 || named.every(([name]) => !isAlone(name));
  }, "Zoom changes security and authentication by themselves: ask for the others in a request of their own");

/** Settings that Zoom changes by themselves, named by an option. */
const ALONE = ["meeting_security", "meeting_authentication", "recording_authentication"] as const;

function isAlone(name: string): boolean {
  return (ALONE as readonly string[]).includes(name);
}

/** The option by which Zoom changes these settings; undefined for those that need none. */
function optionOf(settings: z.output<typeof changes>): (typeof ALONE)[number] | undefined {
  return ALONE.find((name) => settings[name] !== undefined);
}

/** Passcodes of the person's meetings, which are nobody else's business. */
const passcodes = [
  "changes.schedule_meeting.default_password_for_scheduled_meetings",
  "changes.schedule_meeting.pmi_password",
];

/** Changes a user's settings. The fields of `changes` have Zoom's own names and places. */
export const updateZoomSettings = defineOperation({
  name: "zoom.user.updateSettings",
  vendor: "zoom",
  title: "Change a Zoom user's settings",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:settings:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "medium",
  idempotent: true,
  about: "zoomUser",
  current: {
    operation: getZoomSettings.name,
    input: byZoomUser,
    values: (output) => ({ changes: knownSettings(changes, output) }),
  },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId}/settings",
  input: z.strictObject({
    userId,
    changes: changes.meta({
      title: "Changes",
      description: "Only what is named here changes; everything else stays as it is.",
    }),
  }),
  output: z.undefined(),
  call: ({ userId, changes }) => ({
    method: "PATCH",
    path: `/users/${encodePathSegment(userId)}/settings`,
    ...queryOf({ option: optionOf(changes) }),
    // Authentication has no name of its own in the body.
    body: changes.meeting_authentication ?? changes.recording_authentication ?? changes,
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomSettings.name,
    input: ({ userId, changes }) => ({ userId, option: optionOf(changes) }),
    proves(reading, { changes }) {
      if (!reading.found) return false;
      const kind = optionOf(changes);
      return kind === undefined || kind === "meeting_security"
        ? isShown(reading.output, changes)
        : showsAuthentication(kind, reading.output, changes[kind] ?? {});
    },
  },
  undo: "Change the settings back to what they were, as the request shows them.",
  limits: [
    "The account may have locked a setting: then it stays as it is, and the change is not proven.",
    "Security and authentication are changed each in a request of their own; what they are now is not shown here.",
    "Features need their licences, and some exclude others (Webinar and Zoom Events).",
    "A list replaces the one that is there.",
  ],
  errors: [...settingsErrors, expiredInvitation, ...userErrors],
  secretInputs: passcodes,
});
