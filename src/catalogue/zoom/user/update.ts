import { z } from "zod";
import { inSection } from "../../field-meta.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { loginType, userId } from "../fields.ts";
import { queryOf } from "../query.ts";
import { isAbout } from "../person.ts";
import { changesFrom } from "./changes-from.ts";
import { getZoomUser } from "./get.ts";
import { licences, unitedPlanOrNone, userType, workplacePlanOrNone, zoomPhone } from "./licences.ts";
import { contact, names, room, work } from "./profile.ts";
import { showsChanges, isEverShown } from "./shows-changes.ts";
import { updateErrors } from "./update-errors.ts";
import { byZoomUser } from "../known-user.ts";

const changes = z
  .strictObject({
    ...names,
    ...work,
    ...contact,
    ...room,
    ...inSection("Licences", {
      type: userType.optional(),
      zoom_one_type: workplacePlanOrNone.optional(),
      plan_united_type: unitedPlanOrNone.optional(),
      license_info_list: licences.optional(),
      feature: z
        .strictObject({ zoom_phone: zoomPhone })
        .optional()
        .meta({ title: "Zoom Phone", description: "Whether the person has a number with Zoom." }),
    }),
  })
  .refine((fields) => Object.values(fields).some((value) => value !== undefined), "changes nothing")
  .refine(
    ({ type, zoom_one_type: workplace, plan_united_type: united }) =>
      [type, workplace, united].filter((value) => value !== undefined).length <= 1,
    { path: ["type"], message: "the user type, the Workplace plan and the United plan change one at a time" },
  )
  .refine(
    ({ phone_number: number, phone_country: country }) => number === undefined || country !== undefined,
    {
      path: ["phone_country"],
      message: "the phone number needs its country",
    },
  );

/** Changes what Zoom keeps of a user. The fields of `changes` have Zoom's own names, as `zoom.user.get` shows them. */
export const updateZoomUser = defineOperation({
  name: "zoom.user.update",
  vendor: "zoom",
  title: "Change a Zoom user's profile and licences",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:user:admin"] },
  risk: "reversible",
  effects: [],
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  current: {
    operation: "zoom.user.get",
    input: byZoomUser,
    values: (output) => ({ changes: changesFrom(output, changes.shape) }),
  },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PATCH/users/{userId}",
  input: z.strictObject({
    userId,
    loginType,
    removeTspCredentials: z.boolean().optional().meta({
      title: "Remove the telephony credentials",
      description: "Takes away what the person uses with a telephony service provider.",
    }),
    changes: changes.meta({
      title: "Changes",
      description: "Only what is named here changes; everything else stays as it is.",
    }),
  }),
  output: z.undefined(),
  call: ({ userId, loginType, removeTspCredentials, changes }) => ({
    method: "PATCH",
    path: `/users/${encodePathSegment(userId)}`,
    ...queryOf({ login_type: loginType, remove_tsp_credentials: removeTspCredentials }),
    body: changes,
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    // Zoom shows nobody the telephony credentials: whether they are gone cannot be seen.
    input: ({ userId, loginType, removeTspCredentials, changes }) =>
      removeTspCredentials !== true && isEverShown(changes) ? { userId, loginType } : undefined,
    proves: (reading, { userId, changes }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      return user !== undefined && isAbout(user, userId) && showsChanges(user, changes);
    },
  },
  undo: "Change the fields back to what they were, from the snapshot; numbers and phones that were taken away are reassigned by hand.",
  limits: [
    "The user type, the Workplace plan and the United plan change one at a time.",
    "A type of Basic, a plan of None and Zoom Phone turned off take licences away, with what belongs to them.",
    "The account may let only its administrators change names, the host key, the meeting id and the personal link.",
    "Zoom does not show the host key, the about text, the LinkedIn address, Zoom Phone and telephony credentials again: a change with one of these is not read back.",
    "Where several users share an e-mail address, name the person by Zoom user id.",
  ],
  errors: updateErrors,
  secretInputs: ["changes.host_key"],
});
