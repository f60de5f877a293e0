import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { choice } from "../choice.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { meetingId } from "../meeting/meeting-id.ts";
import { accessKey } from "./access-key.ts";

const secondsInAYear = 365 * 24 * 60 * 60;

/** Reads a credential with which the person who holds it starts or joins meetings as the user. */
export const getZoomToken = defineOperation({
  name: "zoom.user.getToken",
  vendor: "zoom",
  title: "Get a Zoom access key (ZAK) of a user",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:token:admin"] },
  risk: "read",
  // Anyone who is shown the key acts as the user.
  effects: ["opens-zoom"],
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/token",
  input: z
    .strictObject({
      userId,
      type: choice("Kind", "What the credential lets its holder do.", {
        zak: "Start meetings as the user (ZAK)",
        onbehalf: "Join a meeting beside the user, on their behalf",
      }),
      secondsToLive: z.int().min(1).max(secondsInAYear).optional().meta({
        title: "Seconds to live",
        description:
          "At most a year. Two hours by default; 90 days for a user made through the API without a login.",
      }),
      meetingId: meetingId.optional().meta({
        title: "Meeting",
        description: "The id of the meeting to join, for a token on behalf of the user.",
      }),
    })
    .refine(({ type, meetingId }) => meetingId === undefined || type === "onbehalf", {
      path: ["meetingId"],
      message: "belongs only to a token on behalf of the user",
    }),
  output: accessKey,
  call: ({ userId, type, secondsToLive, meetingId }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}/token`,
    query: {
      // Without it Zoom gives the deprecated kind of token.
      type,
      ...(secondsToLive === undefined ? {} : { ttl: String(secondsToLive) }),
      ...(meetingId === undefined ? {} : { meeting_id: meetingId }),
    },
  }),
  limits: ["Anyone who holds it acts as the user in meetings: it is shown once, to the one who asked."],
  errors: [
    { status: 400, code: 124, means: "Zoom no longer takes the app's access token: try again." },
    { status: 400, code: 2300, means: "Zoom knows no such address: the id of the user is not one." },
    ...userErrors,
  ],
  secrets: ["token"],
});
