import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { otherPerson, userId } from "../fields.ts";
import { isAbout } from "../person.ts";
import { listZoomAssistants, readAssistants } from "./list.ts";
import { byZoomUser } from "../known-user.ts";
import { paidPlan } from "../paid-plan.ts";
import { roomForAssistants } from "./room-for-assistants.ts";

/** Lets others schedule and manage a person's meetings. */
export const addZoomAssistants = defineOperation({
  name: "zoom.assistant.add",
  vendor: "zoom",
  title: "Let others schedule Zoom meetings for a person",
  scopes: { classic: ["user:write:admin"], granular: ["user:write:assistant:admin"] },
  risk: "reversible",
  // Others act in the person’s name from then on.
  effects: ["opens-zoom"],
  rateLimit: "medium",
  // A second call is refused because the right was granted already.
  idempotent: false,
  about: "zoomUser",
  current: { operation: "zoom.assistant.list", input: byZoomUser },
  checks: [paidPlan, roomForAssistants],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/POST/users/{userId}/assistants",
  input: z
    .strictObject({
      userId,
      assistants: z.array(otherPerson).min(1).max(30).meta({
        title: "Assistants",
        description: "Up to 30 people who shall schedule for the person, by e-mail address or Zoom user id.",
        people: true,
      }),
      canManagePrivateEvents: z.boolean().optional().meta({
        title: "Private events too",
        description: "Whether they may also manage the person's private events.",
      }),
    })
    .refine(
      ({ assistants }) => new Set(assistants.map((one) => one.toLowerCase())).size === assistants.length,
      {
        path: ["assistants"],
        message: "somebody is named twice",
      },
    )
    .refine(
      ({ userId, assistants }) => !assistants.some((one) => one.toLowerCase() === userId.toLowerCase()),
      { path: ["assistants"], message: "nobody can be their own assistant" },
    ),
  output: z.undefined(),
  call: ({ userId, assistants, canManagePrivateEvents }) => ({
    method: "POST",
    path: `/users/${encodePathSegment(userId)}/assistants`,
    body: {
      assistants: assistants.map((one) => ({
        ...(one.includes("@") ? { email: one } : { id: one }),
        ...(canManagePrivateEvents === undefined
          ? {}
          : { can_manage_host_private_event: canManagePrivateEvents }),
      })),
    },
  }),
  subject: ({ userId }) => userId,
  others: ({ assistants }) => assistants,
  readBack: {
    operation: listZoomAssistants.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { assistants, canManagePrivateEvents }) => {
      const listed = reading.found ? readAssistants(reading.output) : undefined;
      return assistants.every((one) =>
        listed?.some(
          (shown) =>
            isAbout(shown, one) &&
            (canManagePrivateEvents === undefined ||
              shown.can_manage_host_private_event === canManagePrivateEvents),
        ),
      );
    },
  },
  undo: "Remove the assistants again.",
  limits: [
    "The person and each assistant need a Licensed or On-prem user type.",
    "The account must be a paid one.",
    "Assistants must be in the same account or organization.",
    "30 assistants in one call.",
  ],
  errors: [
    {
      status: 400,
      code: 200,
      words: /paid account|licensed user|yourself|can.t find user|already granted/i,
      means:
        "Somebody has no licence, is not in the account, has the right already or is the person themselves, or the account is not a paid one: Zoom's message names whom.",
    },
    ...userErrors,
  ],
});
