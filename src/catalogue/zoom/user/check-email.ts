import { z } from "zod";
import { emailAddress } from "../../email.ts";
import { defineOperation } from "../../operation.ts";
import { userErrors } from "../errors.ts";

/**
 * Asks whether an e-mail address has a Zoom login by e-mail. Users of single sign-on, Google and Facebook are
 * answered false although they exist: this is no proof that someone is gone.
 */
export const checkZoomEmail = defineOperation({
  name: "zoom.user.checkEmail",
  vendor: "zoom",
  title: "Check whether an e-mail address signs in to Zoom",
  scopes: { classic: ["user:read:admin", "user:write:admin"], granular: ["user:read:email:admin"] },
  risk: "read",
  rateLimit: "light",
  idempotent: true,
  about: "person",
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/GET/users/email",
  input: z.strictObject({
    email: emailAddress.meta({
      title: "E-mail address",
      description: "The address to look for.",
      fill: "email",
    }),
  }),
  output: z.looseObject({ existed_email: z.boolean() }),
  call: ({ email }) => ({ method: "GET", path: "/users/email", query: { email } }),
  limits: ["Users of single sign-on, Google and Facebook are answered no, although they exist."],
  errors: [
    { status: 400, code: 300, words: /email is required/i, means: "No address arrived." },
    ...userErrors,
  ],
});
