import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { getZoomUser } from "./get.ts";

const statusAfter = { activate: "active", deactivate: "inactive" } as const;

/** Lets a user sign in to Zoom or no longer. Zoom refuses it for admins, Zoom Rooms and hosts of Zoom Events. */
export const updateZoomUserStatus = defineOperation({
  name: "zoom.user.updateStatus",
  vendor: "zoom",
  title: "Deactivate or activate a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:status:admin"] },
  risk: "reversible",
  rateLimit: "light",
  idempotent: true,
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/status",
  input: z.strictObject({ userId: pathId, action: z.enum(["activate", "deactivate"]) }),
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
      // An answer about somebody else proves nothing.
      const isAsked = user?.id === userId || user?.email.toLowerCase() === userId.toLowerCase();
      return isAsked && user?.status === statusAfter[action];
    },
  },
  undo: "Activate the user again. Zoom takes the licences away on deactivation and does not promise to give them back: restore them from the snapshot.",
});
