import { z } from "zod";
import { effectsByAction } from "../../effect.ts";
import { defineOperation } from "../../operation.ts";
import { choice } from "../choice.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { getZoomUser } from "./get.ts";
import { byZoomUser } from "../known-user.ts";
import { noPendingUser } from "./no-pending-user.ts";
import { noAdministrator } from "./no-administrator.ts";

const statusAfter = { activate: "active", deactivate: "inactive" } as const;
const actions = ["activate", "deactivate"] as const;

/** Lets a user sign in to Zoom or no longer. Zoom refuses it for admins, Zoom Rooms and hosts of Zoom Events. */
export const updateZoomUserStatus = defineOperation({
  name: "zoom.user.updateStatus",
  vendor: "zoom",
  title: "Deactivate or activate a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:status:admin"] },
  risk: "reversible",
  effects: effectsByAction({ deactivate: "closes-zoom", activate: "opens-zoom" }),
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  current: {
    operation: "zoom.user.get",
    input: byZoomUser,
    values: (output) => {
      const status = getZoomUser.output.safeParse(output).data?.status;
      const action = actions.find((one) => statusAfter[one] === status);
      return action === undefined ? {} : { action };
    },
  },
  checks: [
    noPendingUser(() => true, "Disassociate this person, which takes the invitation back."),
    noAdministrator(),
  ],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/status",
  input: z.strictObject({
    userId,
    action: choice("What happens", "Whether the person may sign in to Zoom.", {
      deactivate: "Deactivate: no sign-in, licence freed",
      activate: "Activate: may sign in again",
    }),
  }),
  output: z.undefined(),
  call: ({ userId, action }) => ({
    method: "PUT",
    path: `/users/${encodePathSegment(userId)}/status`,
    body: { action },
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { userId, action }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      // An answer about someone else proves nothing.
      const isAsked = user?.id === userId || user?.email.toLowerCase() === userId.toLowerCase();
      return isAsked && user?.status === statusAfter[action];
    },
  },
  undo: "Activate the user again. Zoom takes the licences away on deactivation and does not promise to give them back: restore them from the snapshot.",
  limits: [
    "Not for administrators of the account, nor Zoom Rooms: take the role away first.",
    "Not for hosts of Zoom Events that are still to come.",
    "Deactivating takes the licences away, and activating does not promise them back.",
  ],
  errors: [
    {
      status: 400,
      code: 200,
      words: /zoom room and admin users/i,
      means: "Administrators and Zoom Rooms cannot be deactivated or activated: take the role away first.",
    },
    {
      status: 400,
      code: 300,
      words: /upcoming zoom events/i,
      means: "The person hosts Zoom Events that are still to come: hand them over or cancel them first.",
    },
    {
      status: 400,
      code: 2033,
      means: "The account has as many Basic users as it may: no more can be activated.",
    },
    {
      status: 400,
      code: 3412,
      means: "The account has as many users of this kind as it may: remove one first.",
    },
    ...userErrors,
  ],
});
