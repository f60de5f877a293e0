import type { VendorAnswer, VendorRequest } from "../vendor-http.ts";
import { isNamedBy } from "./encrypted-email.ts";
import { TRANSFER_KINDS, type Departure, type ZoomAccount, type ZoomDirectory } from "./state.ts";
import { readChoice, readFlag } from "./parameters.ts";
import { ZoomRefusal, invitationNotFound, userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";
import { isAdministrator } from "./sign-in.ts";
import type { ZoomUser } from "./user.ts";

// The data that a Basic user has no room for.
const NEEDS_LICENSE = new Set<string>(["meeting", "webinar", "recording"]);

/** `DELETE /users/{userId}`: without `action` it disassociates, which is Zoom's own default. */
export async function deleteUser({
  account,
  directory,
  request,
  userId,
}: ZoomContext): Promise<VendorAnswer> {
  const action = readChoice(request, "action", ["disassociate", "delete"], "disassociate");
  const isNamed = isNamedBy(account, userId, readFlag(request, "encrypted_email"));
  const user = [...account.users.values()].find(isNamed);
  if (!user) throw userDoesNotExist(userId);
  checkPerson(account, user, action);
  const transfer = readTransfer(directory, request, user);
  return directory.write(user, () => {
    account.users.delete(user.id);
    handOn(account, user, transfer);
    user.pretend.ssoSessions = 0;
    user.pretend.otherSessions = 0;
    const departures = action === "delete" ? account.deletedUsers : account.disassociatedUsers;
    departures.push({ user, at: account.clock(), ...(transfer ? { transfer } : {}) });
    return { status: 204 };
  });
}

/** What the user hosted goes to whom the transfer names, and otherwise leaves with the user. */
function handOn(account: ZoomAccount, user: ZoomUser, transfer: Departure["transfer"]): void {
  const heir = [...account.users.values()].find(({ email }) => email === transfer?.email);
  const hosted = { meeting: account.meetings, webinar: account.webinars, recording: account.recordings };
  for (const kind of ["meeting", "webinar", "recording"] as const) {
    const list: { hostId: string }[] = hosted[kind];
    for (const item of list.filter(({ hostId }) => hostId === user.id))
      if (heir && transfer?.kinds.includes(kind)) item.hostId = heir.id;
      else list.splice(list.indexOf(item), 1);
  }
}

function checkPerson(account: ZoomAccount, user: ZoomUser, action: "disassociate" | "delete"): void {
  if (user.status === "pending" && (action === "delete" || user.pretend.invitationExpired))
    throw invitationNotFound();
  if (user.pretend.isZoomRoom) throw new ZoomRefusal(400, 200, "Cannot delete a Zoom Rooms user.");
  if (user.pretend.callQueueManager)
    throw new ZoomRefusal(
      400,
      1000,
      "The user cannot be changed because they are a Call-queue manager or Auto-receptionist operator.",
    );
  if (action === "delete") {
    if (user.role_id === "0") throw new ZoomRefusal(400, 200, "Cannot delete a user out of your account.");
    if (user.status === "inactive" && account.refuseDeletingDeactivated)
      throw new ZoomRefusal(
        400,
        200,
        "Unable to delete this deactivated user. Please contact Zoom support team for more information.",
      );
    return;
  }
  if (isAdministrator(user)) throw new ZoomRefusal(400, 1117, "You can not disassociate an Admin user.");
  if (user.pretend.managedDomain)
    throw new ZoomRefusal(400, 1107, "You can not disassociate a user with managed domain.");
  if (user.login_types.includes(99)) throw new ZoomRefusal(400, 300, "Unable to unlink API user(s).");
}

function readTransfer(
  directory: ZoomDirectory,
  request: VendorRequest,
  user: ZoomUser,
): Departure["transfer"] {
  const kinds = TRANSFER_KINDS.filter((kind) => readFlag(request, `transfer_${kind}`));
  const email = request.query.get("transfer_email") ?? "";
  if (email === "") {
    if (user.pretend.upcomingZoomEvents)
      throw new ZoomRefusal(
        400,
        300,
        "This user has published events on Zoom Events and you do not specify a target user to transfer data.",
      );
    if (kinds.length > 0) throw validationFailed("transfer_email", "Field is required.");
    return undefined;
  }
  if (email.toLowerCase() === user.email.toLowerCase())
    throw new ZoomRefusal(
      400,
      300,
      "The transfer-to email address cannot be the same as the unlinked or deleted user's email address.",
    );
  const destination = directory.find(email);
  if (destination.pretend.isZoomRoom)
    throw new ZoomRefusal(400, 200, "Can not transfer to a Zoom Rooms user.");
  if (destination.status === "pending")
    throw new ZoomRefusal(400, 1000, "You can not transfer to users that are still in pending state.");
  if (user.pretend.upcomingZoomEvents && !destination.pretend.zoomEventsLicense)
    throw new ZoomRefusal(
      400,
      300,
      "The destination user does not have a Zoom Events license and cannot receive this data.",
    );
  if (destination.type !== 2 && kinds.some((kind) => NEEDS_LICENSE.has(kind)))
    throw new ZoomRefusal(
      400,
      300,
      "The destination user does not have a Pro or higher license and cannot receive this data.",
    );
  return { email: destination.email, kinds };
}
