import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { getZoomUser } from "./get.ts";
import { byZoomUser } from "../known-user.ts";
import { inManagedDomain } from "../account/managed-domains.ts";

/** Gives a user another e-mail address, and so another name to sign in with. */
export const updateZoomEmail = defineOperation({
  name: "zoom.user.updateEmail",
  vendor: "zoom",
  title: "Change a Zoom user's e-mail address",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:email:admin"] },
  risk: "reversible",
  // Anyone who holds the new address can sign in with it.
  effects: ["closes-zoom", "opens-zoom"],
  rateLimit: "light",
  // A second call counts as another of the three changes a day: in doubt it is read back, not repeated.
  idempotent: false,
  about: "zoomUser",
  current: {
    operation: "zoom.user.get",
    input: byZoomUser,
    values: (output) => {
      const email = getZoomUser.output.safeParse(output).data?.email;
      return email === undefined ? {} : { email };
    },
  },
  checks: [inManagedDomain],
  quota: {
    count: 3,
    within: 24 * 60 * 60 * 1_000,
    sentence:
      "Zoom takes three changes of a user's address within 24 hours, and three were made. Wait a day.",
  },
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/email",
  input: z
    .strictObject({
      userId,
      email: emailAddress.max(127).meta({
        title: "New e-mail address",
        description:
          "Fewer than 128 characters, in a managed domain of the account, and nobody's at Zoom yet.",
      }),
    })
    .refine(({ userId, email }) => userId.toLowerCase() !== email.toLowerCase(), {
      path: ["email"],
      message: "is the address that the person has",
    }),
  output: z.undefined(),
  call: ({ userId, email }) => ({
    method: "PUT",
    path: `/users/${encodePathSegment(userId)}/email`,
    body: { email },
  }),
  subject: ({ userId }) => userId,
  readBack: {
    operation: getZoomUser.name,
    // The old address names nobody afterwards, and the person who has the new one need not be the same person.
    input: ({ userId }) => (userId.includes("@") ? undefined : { userId }),
    proves: (reading, { userId, email }) => {
      const user = reading.found ? getZoomUser.output.safeParse(reading.output).data : undefined;
      return user?.id === userId && user.email.toLowerCase() === email.toLowerCase();
    },
  },
  undo: "Change it back: that counts as another of the three changes a day.",
  limits: [
    "The account must have a managed domain, and the new address must be in one.",
    "The new address must not exist at Zoom yet.",
    "Three changes for a user within any 24 hours.",
    "Zoom may ask for the new address to be confirmed by e-mail: until then the old one stays, and the change is not proven.",
    "It is read back only where the person is named by Zoom user id.",
  ],
  errors: [
    {
      status: 400,
      code: 200,
      words: /only an account administrator/i,
      means:
        "Only an administrator of the account can change the address: change it in Zoom's user management.",
    },
    {
      status: 400,
      code: 1000,
      words: /other admins/i,
      means: "One administrator cannot change the address of another: take the role away first.",
    },
    ...userErrors,
  ],
});
