import type { Vendor } from "../src/catalogue/vendor.ts";

/** Words that say nothing about what is to be done. */
export const FILLERS: ReadonlySet<string> = new Set(
  "a an the of for from to in on at with please pls can could you i me my we want show let do this that their his her all user person account who is are whose what zoom cloudflare access".split(
    " ",
  ),
);

/** What people call operations beside their names, each with the operations that it can mean. */
export const WORDINGS: Readonly<Record<Vendor, Readonly<Record<string, readonly string[]>>>> = {
  zoom: wordings({
    "zoom.user.updateStatus":
      "deactivate, activate, reactivate, disable, enable, suspend, unsuspend, block, unblock, status, change status",
    "zoom.user.revokeSsoToken":
      "sign out, signout, log out, logout, log off, kick, kick out, end session, revoke session, revoke sso, sso token, revoke token",
    "zoom.user.updatePassword": "password, reset password, change password, set password, new password",
    "zoom.user.updateEmail": "change email, change e-mail, new email, rename email, set email",
    "zoom.user.checkEmail": "email check, is email taken",
    "zoom.user.get": "info, details, profile, find, lookup, look up, get, view, search, whois",
    "zoom.user.list": "list, people, everyone, everybody, members, list people",
    "zoom.user.create": "new, invite, add, create",
    "zoom.user.update":
      "licence, license, change licence, change license, change profile, edit, rename, change name, phone number, department",
    "zoom.user.getPermissions": "permissions, rights",
    "zoom.user.getPresence, zoom.user.updatePresence": "presence",
    "zoom.user.getSettings, zoom.user.updateSettings": "settings, waiting room",
    "zoom.user.getSettings": "view settings, list settings",
    "zoom.user.updateSettings": "change settings, edit settings, set settings",
    "zoom.role.list": "roles, list roles",
    "zoom.role.assign, zoom.role.removeMember": "role, change role",
    "zoom.role.assign": "make admin, promote, give role, add role",
    "zoom.role.removeMember": "remove admin, demote, take role, remove role",
    "zoom.role.listMembers": "admins, administrators, list admins",
    "zoom.meeting.list": "meetings, calendar",
    "zoom.meeting.end": "stop meeting, kill meeting, close meeting",
    "zoom.webinar.list": "webinars",
    "zoom.recording.list": "recordings, cloud recordings",
    "zoom.picture.upload, zoom.picture.delete": "picture, photo, avatar",
    "zoom.picture.upload": "change picture, set picture, new picture, change photo, upload photo",
    "zoom.picture.delete": "remove picture, remove photo, delete photo, delete avatar",
    "zoom.background.list": "backgrounds, virtual backgrounds",
    "zoom.background.delete": "remove background",
    "zoom.assistant.list": "assistants, delegates",
    "zoom.assistant.add": "add delegate",
    "zoom.scheduler.list": "schedulers",
    "zoom.user.getZak, zoom.user.getToken": "zak, access key, token",
    "zoom.account.listManagedDomains": "domains, managed domains",
  }),
  cloudflare: wordings({
    "cloudflare.access.revokeUserInAccount, cloudflare.access.revokeUserInZone":
      "sign out, signout, log out, logout, log off, kick, kick out, end session, revoke session, revoke, revoke user",
    "cloudflare.access.listActiveSessions": "sessions, session, list session, active session",
    "cloudflare.access.listFailedLogins": "failed login, failed sign in",
    "cloudflare.access.listRequests": "login, logins, sign in, signin, requests, list login",
    "cloudflare.access.getLastSeenIdentity": "identity, last seen",
    "cloudflare.access.findUser": "info, details, profile, find, lookup, look up, search, whois",
    "cloudflare.device.list": "devices, laptops",
    "cloudflare.device.revoke": "block device",
    "cloudflare.device.delete": "remove device",
    "cloudflare.registration.list": "warp, registrations",
    "cloudflare.registration.revoke": "revoke warp, revoke registration",
    "cloudflare.gateway.addItem": "block, block list, add to list, deny",
    "cloudflare.gateway.removeItem": "unblock, remove from list, allow",
    "cloudflare.seat.list": "seats, seat, licences, licenses",
    "cloudflare.seat.remove": "free seat, delete seat",
    "cloudflare.member.list": "members, admins, administrators",
    "cloudflare.member.remove": "delete member, remove admin",
    "cloudflare.member.invite": "add member, invite",
    "cloudflare.token.listAccountTokens, cloudflare.token.listServiceTokens": "tokens, list token",
    "cloudflare.token.listAccountTokens": "api tokens",
    "cloudflare.token.listServiceTokens": "service tokens",
  }),
  slack: {},
};

function wordings(byOperation: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(byOperation).flatMap(([operations, phrases]) =>
      phrases.split(", ").map((phrase) => [phraseKey(phrase), operations.split(", ")]),
    ),
  );
}

/** Words whose command is another one: `offboard`, `lockout`. */
export const OTHER_COMMANDS: Readonly<Record<string, string>> = {
  offboard: "/zoom-offboard",
  offboarding: "/zoom-offboard",
  leave: "/zoom-offboard",
  lockout: "/lockout",
  lock: "/lockout",
  release: "/lockout release",
  unlock: "/lockout release",
  request: "/deadbolt requests",
  explain: "/deadbolt explain",
};

/** What is compared of a phrase: its words without fillers, each without a plural. */
export function phraseKey(phrase: string): string {
  const words = phrase.toLowerCase().split(/[^a-z0-9]+/);
  return words
    .filter((word) => word !== "" && !FILLERS.has(singular(word)))
    .map(singular)
    .join("");
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}
