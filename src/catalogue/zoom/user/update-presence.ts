import { z } from "zod";
import { defineOperation, type VendorCall } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { choice } from "../choice.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { getZoomPresence } from "./get-presence.ts";
import { byZoomUser } from "../known-user.ts";

const doNotDisturb = "Do_Not_Disturb";
/** How the vendor's list of values spells it; its own text has the other. */
const doNotDisturbAsListed = "Do_No_Disturb";

const labels = {
  Available: "Available",
  Away: "Away",
  [doNotDisturb]: "Do not disturb",
  Busy: "Busy",
  In_Calendar_Event: "In a calendar event",
  In_A_Zoom_Meeting: "In a Zoom meeting",
  On_A_Call: "On a call",
  Presenting: "Presenting",
  Out_of_Office: "Out of office",
} as const;
const presences = Object.keys(labels) as (keyof typeof labels)[];

/** Whether Zoom shows this presence, in either of its spellings. */
function isPresence(seen: string | null | undefined, status: string): boolean {
  return seen === status || (status === doNotDisturb && seen === doNotDisturbAsListed);
}

interface Presence {
  userId: string;
  status: string;
  minutes?: number;
}

function callWith({ userId, minutes }: Presence, status: string): VendorCall {
  return {
    method: "PUT",
    path: `/users/${encodePathSegment(userId)}/presence_status`,
    body: { status, duration: minutes },
  };
}

/** Changes what Zoom shows others of whether a user is there. It grants and takes no access. */
export const updateZoomPresence = defineOperation({
  name: "zoom.user.updatePresence",
  vendor: "zoom",
  title: "Change a Zoom user's presence",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:presence_status:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "medium",
  // A second call within a minute is refused.
  idempotent: false,
  about: "zoomUser",
  current: {
    operation: "zoom.user.getPresence",
    input: byZoomUser,
    values: (output) => {
      const seen = getZoomPresence.output.safeParse(output).data?.status;
      const status = presences.find((one) => isPresence(seen, one));
      return status === undefined ? {} : ({ status } as const);
    },
  },
  quota: {
    count: 1,
    within: 60_000,
    sentence: "Zoom takes one change of a person's presence a minute. Wait a minute.",
  },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/presence_status",
  input: z
    .strictObject({
      userId,
      status: choice("Presence", "What others see of the person.", labels),
      minutes: z.int().min(1).max(1440).optional().meta({
        title: "Minutes",
        description: "How long the person is not to be disturbed: up to 1,440 (a day), 20 by default.",
      }),
    })
    .refine(({ status, minutes }) => minutes === undefined || status === doNotDisturb, {
      path: ["minutes"],
      message: "belongs only to Do not disturb",
    }),
  output: z.undefined(),
  call: (input) => callWith(input, input.status),
  alternative: (input) => (input.status === doNotDisturb ? callWith(input, doNotDisturbAsListed) : undefined),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomPresence.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { status }) => {
      const seen = reading.found ? getZoomPresence.output.safeParse(reading.output).data?.status : undefined;
      return isPresence(seen, status);
    },
  },
  undo: "Change it back after a minute; the person can do so in their own Zoom client at once.",
  limits: [
    "The person must be signed in to a Zoom client.",
    "One change a minute for each person.",
    "Zoom's answer does not name the person: it is read back from the address of the person alone.",
  ],
  errors: [
    {
      status: 400,
      code: 5301,
      means: "Zoom cannot change it: the person is not signed in to a Zoom client.",
    },
    { status: 400, code: 5411, means: "The app may not change this person's presence." },
    ...userErrors,
  ],
});
