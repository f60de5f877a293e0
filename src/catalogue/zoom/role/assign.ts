import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userIdOnly } from "../fields.ts";
import { paidPlan } from "../paid-plan.ts";
import { isAbout } from "../person.ts";
import { getZoomUser } from "../user/get.ts";
import { currentRole, fixedRoles, grantableRoles } from "./role-choices.ts";
import { roleErrors, roleId } from "./role-id.ts";

/** Gives a person a role, in place of the one that they have. A release gives back what a lockout took. */
export const assignZoomRole = defineOperation({
  name: "zoom.role.assign",
  vendor: "zoom",
  title: "Give a Zoom role to a person",
  scopes: { classic: ["role:write:admin"], granular: ["role:write:member:admin"] },
  risk: "reversible",
  effects: ["opens-zoom"],
  rateLimit: "medium",
  // A person has one role: given it once more, nothing changes.
  idempotent: true,
  about: "zoomUser",
  choices: { roleId: grantableRoles },
  current: currentRole,
  checks: [paidPlan],
  docs: "https://developers.zoom.us/docs/api/accounts/#tag/roles/POST/roles/{roleId}/members",
  input: z.strictObject({ roleId, userId: userIdOnly }).refine(({ roleId }) => !fixedRoles.has(roleId), {
    path: ["roleId"],
    message: "nobody can be given the owner's or the members' role",
  }),
  output: z.undefined(),
  call: ({ roleId, userId }) => ({
    method: "POST",
    path: `/roles/${encodePathSegment(roleId)}/members`,
    body: { members: [{ id: userId }] },
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    input: ({ userId }) => ({ userId }),
    proves: (reading, { roleId, userId }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      return user !== undefined && isAbout(user, userId) && user.role_id === roleId;
    },
  },
  undo: "Take the role away again.",
  limits: [
    "The account needs a Pro or higher plan.",
    "The owner's role cannot be given, and a plain member's comes with taking the other away.",
    "A person with another role gets this one instead.",
  ],
  errors: [
    {
      status: 400,
      code: 300,
      words: /normal\/owner roles/i,
      means: "Nobody can be given the owner's or the members' role.",
    },
    ...roleErrors,
  ],
});
