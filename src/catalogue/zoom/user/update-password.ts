import { z } from "zod";
import { defineOperation, type DocumentedError } from "../../operation.ts";
import { encodePathSegment } from "../../path-segment.ts";
import { userErrors } from "../errors.ts";
import { userId } from "../fields.ts";
import { zoomPassword } from "./password.ts";
import { byZoomUser } from "../known-user.ts";
import { noAdministrator } from "./no-administrator.ts";
import { signsInByPassword } from "./signs-in-by-password.ts";

/** What the account demands of passwords, by Zoom's codes. */
const weakPasswords: readonly DocumentedError[] = [
  [1124, "The password is too short for this account"],
  [1125, "The password needs a letter"],
  [1126, "The password needs a digit"],
  [1127, "The password needs a special character, such as ! or #"],
  [1128, "The password needs upper and lower case"],
  [1129, "The person had this password before"],
  [1130, "The password is one character again and again"],
  [1131, "The password has a run such as abcdef or 123456"],
  [1136, "The password is too easy to guess"],
].map(([code, fault]) => ({ status: 400, code: Number(code), means: `${fault}: it takes another one.` }));

/** Gives a user who signs in with a Zoom password another one. */
export const updateZoomPassword = defineOperation({
  name: "zoom.user.updatePassword",
  vendor: "zoom",
  title: "Change a Zoom user's password",
  scopes: { classic: ["user:write:admin"], granular: ["user:update:password:admin"] },
  risk: "irreversible",
  // Anyone who holds the new password can sign in with it.
  effects: ["closes-zoom", "opens-zoom"],
  rateLimit: "medium",
  // A second call is refused because the new password is the old one then.
  idempotent: false,
  about: "zoomUser",
  current: { operation: "zoom.user.get", input: byZoomUser },
  checks: [noAdministrator(), signsInByPassword],
  docs: "https://developers.zoom.us/docs/api/users/#tag/users/PUT/users/{userId}/password",
  input: z.strictObject({ userId, password: zoomPassword }),
  output: z.undefined(),
  call: ({ userId, password }) => ({
    method: "PUT",
    path: `/users/${encodePathSegment(userId)}/password`,
    body: { password },
  }),
  subject: ({ userId }) => userId,
  noReadBack: "Zoom shows nobody's password, nor when it was changed.",
  undo: "The password of before cannot be brought back, as nobody but the person knows it: the person resets it by e-mail, or another one is set.",
  limits: [
    "Only for users who sign in with a Zoom password: not by single sign-on, Google or another service.",
    "Not for administrators of the account.",
    "Zoom limits the changes within 24 hours.",
    "Zoom tells the person by e-mail that the password was changed.",
  ],
  errors: [
    {
      status: 400,
      code: 300,
      words: /match the old password|maximum number of times/i,
      means:
        "The password is the one of before, or it was changed too often within 24 hours: choose another one, or wait a day.",
    },
    {
      status: 400,
      code: 1117,
      means: "Administrators change their passwords themselves: take the role away first.",
    },
    {
      status: 400,
      code: 1123,
      means: "The person does not sign in with a Zoom password: change it where they sign in.",
    },
    ...weakPasswords,
    ...userErrors,
  ],
  secretInputs: ["password"],
});
