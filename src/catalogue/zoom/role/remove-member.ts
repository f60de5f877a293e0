import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userIdOnly } from "../fields.ts";
import { isAbout } from "../person.ts";
import { getZoomUser } from "../user/get.ts";
import { roleErrors, roleId } from "./role-id.ts";
import { paidPlan } from "../paid-plan.ts";
import { currentRole, fixedRoles, theirRole } from "./role-choices.ts";

/** Takes a role away from a person, who is a plain member then. An administrator must lose the role before a lockout. */
export const removeZoomRoleMember = defineOperation({
  name: "zoom.role.removeMember",
  vendor: "zoom",
  title: "Take a Zoom role away from a person",
  scopes: { classic: ["role:write:admin"], granular: ["role:delete:member:admin"] },
  risk: "reversible",
  effects: ["closes-zoom"],
  rateLimit: "light",
  // A second call is answered "not found", which looks like a failure: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  choices: { roleId: theirRole },
  current: currentRole,
  checks: [paidPlan],
  docs: "https://developers.zoom.us/docs/api/accounts/#tag/roles/DELETE/roles/{roleId}/members/{memberId}",
  input: z.strictObject({ roleId, userId: userIdOnly }).refine(({ roleId }) => !fixedRoles.has(roleId), {
    path: ["roleId"],
    message: "nobody can be taken out of the owner's or the members' role",
  }),
  output: z.undefined(),
  call: ({ roleId, userId }) => ({
    method: "DELETE",
    path: `/roles/${encodePathSegment(roleId)}/members/${encodePathSegment(userId)}`,
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { roleId, userId }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      if (user === undefined || !isAbout(user, userId)) return false;
      return typeof user.role_id === "string" && user.role_id !== "" && user.role_id !== roleId;
    },
  },
  undo: "Give the person the role again.",
  limits: [
    "The account needs a Pro or higher plan.",
    "The owner's role and the members' role cannot be taken away.",
    "Only the owner, or somebody with the right to manage roles, can give it back.",
  ],
  errors: [
    {
      status: 400,
      code: 300,
      words: /normal\/owner roles/i,
      means: "Nobody can be taken out of the owner's or the members' role.",
    },
    ...roleErrors,
  ],
});
