import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { someManagedDomain } from "../account/managed-domains.ts";
import { choice } from "../choice.ts";
import { createErrors } from "./create-errors.ts";
import { getZoomUser } from "./get.ts";
import { isShown } from "./is-shown.ts";
import { licences, unitedPlan, userType, workplacePlan, zoomPhone } from "./licences.ts";
import { zoomPassword } from "./password.ts";
import { divisionIds, names } from "./profile.ts";
import { paidPlan } from "../paid-plan.ts";

const newUser = z.strictObject({
  email: emailAddress.max(128).meta({
    title: "E-mail address",
    description: "The address that the person will have at Zoom, of at most 128 characters.",
    fill: "email",
  }),
  type: userType,
  ...names,
  password: zoomPassword.optional(),
  division_ids: divisionIds.optional(),
  feature: z
    .strictObject({ zoom_phone: zoomPhone.optional(), zoom_one_type: workplacePlan.optional() })
    .optional()
    .meta({ title: "Plans", description: "What is bought for the person besides their type." }),
  plan_united_type: unitedPlan.optional(),
  license_info_list: licences.optional(),
});

/**
 * Adds a user to the account. The fields of `user` have Zoom's own names. An invited one is pending until they accept,
 * and then may give themselves other names.
 */
export const createZoomUser = defineOperation({
  name: "zoom.user.create",
  vendor: "zoom",
  title: "Create a Zoom user",
  scopes: { classic: ["user:write:admin"], granular: ["user:write:user:admin"] },
  risk: "reversible",
  effects: ["opens-zoom"],
  rateLimit: "light",
  // A second call is refused because the address is taken, or sends another invitation.
  idempotent: false,
  about: "person",
  checks: [paidPlan, someManagedDomain],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/POST/users",
  input: z
    .strictObject({
      action: choice("How", "Whether the person is invited, or the user is there at once.", {
        create: "Invite by e-mail",
        autoCreate: "At once, with a password (managed domain, Enterprise)",
        ssoCreate: "At once, for single sign-on (pre-provisioning)",
        custCreate: "At once, without a login (integrated software vendors)",
      }),
      user: newUser.meta({ title: "User", description: "Who the new user is." }),
    })
    .refine(({ action, user }) => user.password === undefined || action === "autoCreate", {
      path: ["user", "password"],
      message: "belongs only to a user who is there at once with a password",
    })
    .refine(({ action, user }) => user.type !== 99 || action === "ssoCreate", {
      path: ["user", "type"],
      message: "None is a type for single sign-on only",
    }),
  output: z.looseObject({
    /** Zoom promises none for someone who was invited. */
    id: z.string().nullish(),
    email: z.string().nullish(),
    first_name: z.string().nullish(),
    last_name: z.string().nullish(),
    type: z.number().nullish(),
  }),
  call: ({ action, user }) => ({ method: "POST", path: "/users", body: { action, user_info: user } }),
  subject: ({ user }) => user.email,
  readBack: {
    operation: getZoomUser.name,
    input: ({ user }) => ({ userId: user.email }),
    proves: (reading, { action, user }) => {
      const shown = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      if (shown?.email.toLowerCase() !== user.email.toLowerCase()) return false;
      if (shown.type !== user.type) return false;
      if (shown.status === "active")
        return isShown(shown, {
          first_name: user.first_name,
          last_name: user.last_name,
          display_name: user.display_name,
        });
      return action === "create" && shown.status === "pending";
    },
  },
  undo: "Delete the user again; one who is still pending is disassociated. An invitation that was sent stays in their mailbox.",
  limits: [
    "The account needs a Pro plan or higher.",
    "50 invitations a day on a Free plan, 1,500 on Pro, 10,000 on Business and higher.",
    "A password needs an Enterprise account with a managed domain.",
    "Single sign-on needs the account's pre-provisioning option.",
    "Users without a login need an agreement with Zoom's team for integrated software vendors.",
    "Only the address, the type and the names are read back, of an invited person only the address and the type.",
  ],
  errors: createErrors,
  secretInputs: ["user.password"],
});
