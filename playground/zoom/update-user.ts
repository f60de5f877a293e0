import type { VendorAnswer } from "../vendor-http.ts";
import type { ZoomAccount } from "./state.ts";
import { checkNames } from "./create-user.ts";
import { checkFields } from "./field-rules.ts";
import { checkLicences, checkPlanMayEnd } from "./licences.ts";
import { LOGIN_TYPES, readChoice, readFlag, readJsonBody } from "./parameters.ts";
import { ZoomRefusal, invitationNotFound, userDoesNotExist, validationFailed } from "./refusal.ts";
import type { ZoomContext } from "./route.ts";
import { roomOf, type ZoomUser } from "./user.ts";
import { CHANGED_USER_FIELDS } from "./user-fields.ts";

type Changes = Record<string, unknown>;

function refuse(code: number, message: string): never {
  throw new ZoomRefusal(400, code, message);
}

function checkWords({ about_me: about, linkedin_url: link, phone_number, phone_country }: Changes): void {
  if (typeof about === "string" && /<|https?:|www\./i.test(about))
    refuse(300, "The `about_me` field is illegal and can't contain hyperlinks or HTML code.");
  if (typeof link === "string" && !link.includes("linkedin.com"))
    refuse(300, "The `linkedin_url` field is illegal. The URL must contain `linkedin.com`.");
  if (phone_number !== undefined && phone_country === undefined)
    throw validationFailed("phone_country", "Field is required.");
}

function checkOwnership(account: ZoomAccount, changes: Changes): void {
  if (!account.onlyAdministratorsChangeUsers) return;
  const kept = [
    [["first_name", "last_name", "display_name"], "a user's name"],
    [["host_key"], "the host key"],
    [["pmi"], "a Personal Meeting ID (PMI)"],
    [["vanity_name"], "a vanity name"],
  ] as const;
  for (const [fields, what] of kept)
    if (fields.some((field) => changes[field] !== undefined))
      refuse(200, `Only an account administrator can change ${what}.`);
}

function checkRoom(account: ZoomAccount, user: ZoomUser, changes: Changes): void {
  if (changes["pmi"] !== undefined && user.type === 99)
    refuse(200, 'You cannot change PMI information for a "No Meetings License" user.');
  const { vanity_name: name } = changes;
  if (typeof name !== "string") return;
  if (user.type === 1) refuse(1109, "Host is not a paid user.");
  const isTaken =
    account.takenRooms.has(name) ||
    [...account.users.values()].some((other) => other !== user && roomOf(other) === name);
  if (isTaken)
    refuse(
      4100,
      'User is already taken by another user from your account. Choose another "Personal Link Name".',
    );
}

function checkType(account: ZoomAccount, user: ZoomUser, changes: Changes): void {
  const { type, zoom_one_type: workplace, plan_united_type: united } = changes;
  if ([type, workplace, united].filter((value) => value !== undefined).length > 1)
    refuse(300, `You can't change the "type" or "plan_united_type" or "zoom_one_type" at the same time.`);
  if (type === 1 && user.pretend.isZoomRoom)
    refuse(200, `A Zoom Room user cannot be changed to a free user type: ${user.id}`);
  if (type !== undefined && user.id === account.owner.id)
    refuse(1108, "Permission requirements to change the user type of this user were not met.");
  if (type === 1 && user.pretend.upcomingZoomEvents)
    refuse(
      300,
      'You cannot change the user type to "Basic" because this user has an upcoming Zoom Events scheduled.',
    );
  if (workplace === 0 || united === "none") checkPlanMayEnd(account, user);
  const feature = changes["feature"] as { zoom_phone?: boolean } | undefined;
  checkLicences(account, { ...changes, zoom_phone: feature?.zoom_phone }, user);
}

/** What changes beyond the fields that a user shows under the same name. */
function apply(user: ZoomUser, changes: Changes): void {
  const { group_id, vanity_name, host_key, about_me, linkedin_url, feature, ...shown } = changes;
  Object.assign(user, shown);
  if (typeof group_id === "string") user.group_ids = [...new Set([...user.group_ids, group_id])];
  if (typeof vanity_name === "string") user.vanity_url = `https://example.zoom.us/my/${vanity_name}`;
  if (typeof host_key === "string") user.pretend.hostKey = host_key;
  if (typeof about_me === "string") user.pretend.aboutMe = about_me;
  if (typeof linkedin_url === "string") user.pretend.linkedinUrl = linkedin_url;
  if (feature !== undefined)
    user.pretend.zoomPhone = (feature as { zoom_phone?: boolean }).zoom_phone ?? false;
  if (user.zoom_one_type === 0 || user.type === 1) delete user.zoom_one_type;
  if (user.plan_united_type === "none" || user.type === 1) delete user.plan_united_type;
}

/** `PATCH /users/{userId}`. */
export async function updateUser({
  account,
  directory,
  request,
  userId,
}: ZoomContext): Promise<VendorAnswer> {
  const loginType = readChoice(request, "login_type", ["", ...LOGIN_TYPES], "");
  const removesTelephony = readFlag(request, "remove_tsp_credentials");
  const changes = readJsonBody(request, Object.keys(CHANGED_USER_FIELDS));
  checkFields(CHANGED_USER_FIELDS, changes);
  const user = directory.find(userId);
  if (loginType !== "" && !user.login_types.includes(Number(loginType))) throw userDoesNotExist(userId);
  if (user.status === "pending" && user.pretend.invitationExpired) throw invitationNotFound();
  checkWords(changes);
  checkOwnership(account, changes);
  checkNames(account, changes);
  checkRoom(account, user, changes);
  checkType(account, user, changes);
  return directory.write(user, () => {
    apply(user, changes);
    if (removesTelephony) user.pretend.telephonyCredentials = false;
    return { status: 204 };
  });
}
