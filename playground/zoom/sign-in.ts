import type { VendorAnswer } from "../vendor-http.ts";
import { readJsonBody } from "./parameters.ts";
import { ZoomRefusal, invitationNotFound, validationFailed } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";
import type { ZoomUser } from "./user.ts";

const ACTIONS = ["activate", "deactivate", "clock_in", "clock_out"];

/** The owner and administrators, whom several calls refuse until the role is taken away. */
export function isAdministrator(user: ZoomUser): boolean {
  return user.role_id === "0" || user.role_id === "1";
}

/**
 * `PUT /users/{userId}/status`. Deactivation strips the licences, ends no session, and stops the next sign-in;
 * activation brings no licence back. The clock actions belong to shift work and touch nothing here.
 */
export async function updateStatus({
  account,
  directory,
  request,
  userId,
}: ZoomContext): Promise<VendorAnswer> {
  const { action } = readJsonBody(request, ["action"]);
  if (action === undefined) throw validationFailed("action", "Field is required.");
  if (typeof action !== "string" || !ACTIONS.includes(action))
    throw validationFailed("action", "Invalid field.");
  const user = directory.find(userId);
  if (user.status === "pending") throw invitationNotFound();
  const changesStatus = action === "activate" || action === "deactivate";
  if (changesStatus && (isAdministrator(user) || user.pretend.isZoomRoom))
    throw new ZoomRefusal(400, 200, "Zoom Room and Admin users' status cannot be activated or deactivated.");
  if (action === "deactivate" && user.pretend.upcomingZoomEvents)
    throw new ZoomRefusal(
      400,
      300,
      "You cannot deactivate this user because the user has an upcoming Zoom Events scheduled.",
    );
  if (action === "activate" && user.status === "inactive") {
    const basicUsers = [...account.users.values()].filter(
      ({ type, status }) => type === 1 && status === "active",
    );
    if (user.type === 1 && basicUsers.length >= account.basicUserLimit)
      throw new ZoomRefusal(
        400,
        account.basicLimitCode,
        `Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of ${account.basicUserLimit} "Basic" users. Remove the existing "Basic" user(s) from your "Users" list or the "Pending Users" list before attempting to activate this user.`,
      );
  }
  return directory.write(user, () => {
    if (action === "activate") user.status = "active";
    if (action === "deactivate") {
      user.status = "inactive";
      user.type = 1;
      delete user.plan_united_type;
      delete user.zoom_one_type;
      user.pretend.zoomEventsLicense = false;
    }
    return { status: account.statusAnswer };
  });
}

/** `DELETE /users/{userId}/token`: ends SSO sessions, no others, and stops no new sign-in; always 204. */
export async function revokeSsoToken({ directory, userId }: ZoomContext): Promise<VendorAnswer> {
  const user = directory.find(userId);
  return directory.write(user, () => {
    user.pretend.ssoSessions = 0;
    return { status: 204 };
  });
}
