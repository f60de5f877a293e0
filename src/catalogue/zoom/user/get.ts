import { z } from "zod";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment, pathId } from "../../path-segment.ts";
import { expiredInvitation, userErrors } from "../errors.ts";
import { encryptedEmail, isNamedSo, loginType, NOT_ENCRYPTED, userId } from "../fields.ts";
import { queryOf } from "../query.ts";
import { loginTypeWords, userTypeWords } from "./user-words.ts";
import { unitedPlans, workplacePlans } from "./plan-options.ts";

const licence = z.looseObject({
  license_type: z.string().nullish(),
  license_option: z.number().nullish(),
  subscription_id: z.string().nullish(),
});

/** A user as Zoom describes one; whatever else Zoom sends is kept, so that a snapshot loses nothing. */
const zoomUser = z.looseObject({
  /** Zoom promises it for everyone but pending users, who go by their e-mail address. */
  id: pathId.nullish(),
  email: z.string(),
  /** `active`, `inactive` or `pending`; text, because a new word must not make the user unreadable. */
  status: z.string(),
  /** 1 Basic, 2 Licensed, 4 unassigned without Meetings Basic, 99 none. */
  type: z.number().meta({ title: "User type", labels: userTypeWords }),
  /** 101 is single sign-on. */
  login_types: z.array(z.number()).nullish().meta({ title: "Signs in by", labels: loginTypeWords }),
  role_id: z.string().nullish(),
  role_name: z.string().nullish(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  display_name: z.string().nullish(),
  dept: z.string().nullish().meta({ title: "Department" }),
  plan_united_type: z.string().or(z.number()).nullish().meta({ title: "United plan", labels: unitedPlans }),
  zoom_one_type: z
    .number()
    .nullish()
    .meta({ title: "Workplace plan", labels: Object.fromEntries(workplacePlans) }),
  group_ids: z.array(z.string()).nullish(),
  im_group_ids: z.array(z.string()).nullish(),
  license_info_list: z.array(licence).nullish(),
  employee_unique_id: z.string().nullish(),
  last_login_time: z.string().nullish(),
});

/** Reads one user by id or e-mail address. */
export const getZoomUser = defineOperation({
  name: "zoom.user.get",
  vendor: "zoom",
  title: "Look up a Zoom user",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:user:admin"] },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  about: "zoomUser",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}",
  input: z
    .strictObject({
      userId,
      loginType: loginType.meta({
        notAsked: "People are named by Zoom user id, which is one user's whatever they sign in by.",
      }),
      encryptedEmail,
      searchByUniqueId: z.boolean().optional().meta({
        title: "Employee's unique id",
        description: "Whether the person is named by the unique id that their employer gave them.",
        notAsked: "People are found by their e-mail address, and compared by it.",
      }),
    })
    .refine(isNamedSo, NOT_ENCRYPTED),
  output: zoomUser,
  call: ({ userId, loginType, encryptedEmail, searchByUniqueId }) => ({
    method: "GET",
    path: `/users/${encodePathSegment(userId)}`,
    ...queryOf({
      login_type: loginType,
      encrypted_email: encryptedEmail,
      search_by_unique_id: searchByUniqueId,
    }),
  }),
  errors: [expiredInvitation, ...userErrors],
});
