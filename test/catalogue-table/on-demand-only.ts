import type { Operation } from "../../src/catalogue/operation.ts";

/** The connector always has credentials to show Cloudflare. */
const EVERYWHERE = [
  "400/9106",
  // The pretend Slack knows one token that may do everything, and our own limiter waits before Slack must refuse.
  "200/token_revoked",
  "200/not_an_admin",
  "429/ratelimited",
];

/**
 * Documented refusals to which no input that a schema takes, and no state of the pretend vendors, leads: tests see
 * them as answers on demand.
 */
const BY_OPERATION: Readonly<Record<string, readonly string[]>> = {
  "zoom.user.checkEmail": ["400/300", "404/1001"],
  "zoom.user.checkVanityName": ["400/300"],
  // Our own schema refuses these passwords before Zoom does.
  "zoom.user.updatePassword": ["400/1125", "400/1126", "400/1128", "400/1130", "400/1131"],
  "zoom.user.getToken": ["400/124", "400/2300"],
  "zoom.user.updateSettings": ["400/200", "400/300"],
  "zoom.picture.upload": ["400/120"],
  "zoom.recording.list": ["404/3301"],
  "zoom.role.listMembers": ["404"],
  "zoom.role.assign": ["400/300"],
  "zoom.role.removeMember": ["400/300"],
  "zoom.account.listManagedDomains": ["404/2001"],
  "cloudflare.access.findUser": ["400"],
  "cloudflare.access.listRequests": ["400"],
  "cloudflare.access.revokeUserInAccount": ["400"],
  "cloudflare.access.revokeUserInZone": ["400"],
  "cloudflare.seat.remove": ["400"],
  "cloudflare.registration.list": ["400"],
  "cloudflare.registration.revoke": ["400"],
  "cloudflare.registration.unrevoke": ["400"],
  "cloudflare.registration.delete": ["400"],
  "cloudflare.device.list": ["400"],
  "cloudflare.gateway.removeItem": ["400"],
  "cloudflare.member.list": ["400"],
  "cloudflare.token.updateServiceToken": ["400"],
  "cloudflare.token.updateAccountToken": ["400"],
  "slack.session.list": ["200/admin_unauthorized"],
  "slack.session.reset": [
    "200/session_reset_not_allowed",
    "200/restricted_action",
    "200/user_session_reset_failed",
  ],
};

/** Whether a pretend vendor gives this refusal only when a test asks for it. */
export function isOnDemandOnly({ name }: Operation, refusal: string): boolean {
  return EVERYWHERE.includes(refusal) || (BY_OPERATION[name]?.includes(refusal) ?? false);
}
