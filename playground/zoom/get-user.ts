import type { VendorAnswer } from "../vendor-http.ts";
import { isNamedBy } from "./encrypted-email.ts";
import { showUser } from "./user.ts";
import { LOGIN_TYPES, readChoice, readFlag } from "./parameters.ts";
import { ZoomRefusal, invitationNotFound, userDoesNotExist } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";

/** `GET /users/{userId}`: by id, by e-mail, or by the employer's unique id when asked to. */
export function getUser({ account, directory, request, userId }: ZoomContext): VendorAnswer {
  const byUniqueId = readFlag(request, "search_by_unique_id");
  const isEncrypted = readFlag(request, "encrypted_email");
  const loginType = readChoice(request, "login_type", ["", ...LOGIN_TYPES], "");
  const user = directory.see(
    byUniqueId
      ? (candidate) => candidate.employee_unique_id === userId
      : isNamedBy(account, userId, isEncrypted),
  );
  if (!user || (loginType !== "" && !user.login_types.includes(Number(loginType))))
    throw userDoesNotExist(userId);
  if (user.status === "pending" && user.pretend.invitationExpired) throw invitationNotFound();
  return { status: 200, body: showUser(user) };
}

/** `GET /users/email`: true only for people who signed up by e-mail; SSO, Google and the like are answered false. */
export function checkEmail({ directory, request }: ZoomContext): VendorAnswer {
  const email = request.query.get("email") ?? "";
  if (email === "") throw new ZoomRefusal(400, 300, "Email is required.");
  const user = directory.see((candidate) => candidate.email.toLowerCase() === email.toLowerCase());
  return { status: 200, body: { existed_email: user?.login_types.includes(100) ?? false } };
}
