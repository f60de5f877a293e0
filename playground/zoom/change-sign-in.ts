import type { VendorAnswer } from "../vendor-http.ts";
import { checkFields, text, textOf } from "./field-rules.ts";
import { readJsonBody } from "./parameters.ts";
import { findPasswordFault } from "./password-rules.ts";
import { ZoomRefusal, validationFailed } from "./refusal.ts";
import type { ZoomContext, ZoomRoute } from "./route.ts";
import { isAdministrator } from "./sign-in.ts";

const DAY = 86_400_000;
const EMAIL_CHANGES_A_DAY = 3;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/** `PUT /users/{userId}/email`: within the managed domains, to an address that Zoom does not know. */
async function updateEmail({ account, directory, request, userId }: ZoomContext): Promise<VendorAnswer> {
  const body = readJsonBody(request, ["email"]);
  checkFields({ email: { kind: "text", maximum: 127, pattern: EMAIL } }, body, ["email"]);
  const email = String(body["email"]);
  const user = directory.find(userId);
  if (account.onlyAdministratorsChangeUsers)
    throw new ZoomRefusal(400, 200, "Only an account administrator can change email.");
  if (isAdministrator(user) && user.id !== account.owner.id)
    throw new ZoomRefusal(400, 1000, "Admin can not change other admins email.");
  if (!account.managedDomains.has(email.split("@")[1]?.toLowerCase() ?? ""))
    throw validationFailed("email", "The email does not match a managed domain.");
  if ([...account.users.values()].some((other) => other.email.toLowerCase() === email.toLowerCase()))
    throw new ZoomRefusal(409, 1005, `Email "${email}" has already been used.`);
  const now = account.clock().getTime();
  const recent = user.pretend.emailChanges.filter((time) => time > now - DAY);
  if (recent.length >= EMAIL_CHANGES_A_DAY)
    throw new ZoomRefusal(429, 429, "Too Many Requests. For more information, see rate limits.");
  return directory.write(user, () => {
    user.pretend.emailChanges = [...recent, now];
    if (account.confirmsEmail) user.pretend.unconfirmedEmail = email;
    else user.email = email;
    return { status: 204 };
  });
}

/** `PUT /users/{userId}/password`: of users who have one with Zoom, and no administrators. */
async function updatePassword({ account, directory, request, userId }: ZoomContext): Promise<VendorAnswer> {
  const body = readJsonBody(request, ["password"]);
  checkFields({ password: text }, body, ["password"]);
  const password = String(body["password"]);
  const user = directory.find(userId);
  if (isAdministrator(user)) throw new ZoomRefusal(400, 1117, "Can not update Admin's password");
  if (!user.login_types.includes(100))
    throw new ZoomRefusal(400, 1123, "Can only update password of Zoom work email account");
  checkFields({ password: textOf(31) }, body);
  const fault = findPasswordFault(password, account.passwordRules);
  if (fault) throw new ZoomRefusal(400, fault.code, fault.message);
  const { history, changesADay } = account.passwordRules;
  const { passwords } = user.pretend;
  if (passwords.at(-1) === password)
    throw new ZoomRefusal(400, 300, "Your new password can not match the old password.");
  if (passwords.slice(-history).includes(password))
    throw new ZoomRefusal(400, 1129, `Users cannot reuse any of the last ${history} passwords created.`);
  const now = account.clock().getTime();
  const recent = user.pretend.passwordChanges.filter((time) => time > now - DAY);
  if (recent.length >= changesADay)
    throw new ZoomRefusal(
      400,
      300,
      "This password cannot be changed because it has already been changed the maximum number of times over the past 24 hours.",
    );
  return directory.write(user, () => {
    user.pretend.passwordChanges = [...recent, now];
    passwords.push(password);
    return { status: 204 };
  });
}

export const signInRoutes: readonly ZoomRoute[] = [
  {
    operation: "userEmailUpdate",
    method: "PUT",
    path: "/v2/users/{userId}/email",
    label: "Light",
    scopes: ["user:write:admin", "user:update:email:admin", "user:write", "user:update:email"],
    query: [],
    answer: updateEmail,
  },
  {
    operation: "userPassword",
    method: "PUT",
    path: "/v2/users/{userId}/password",
    label: "Medium",
    scopes: ["user:write:admin", "user:update:password:admin", "user:write", "user:update:password"],
    query: [],
    answer: updatePassword,
  },
];
