import { type AdviceRule, when } from "./advice-rule.ts";

/** What is not there, by the resource in the operation's name. */
const missing: Readonly<Record<string, string>> = {
  access:
    "Cloudflare knows no such person in Access: they have never signed in there, or somebody removed them before.",
  seat: "Cloudflare knows no such seat: the person has never signed in, or the seat was removed before.",
  registration: "Cloudflare knows no such device registration: list the person's registrations again.",
  device: "Cloudflare knows no such device: list the devices again, somebody may have deleted it before.",
  gateway: "Cloudflare has no such list: list the Gateway lists of the account and check the id.",
  member:
    "Cloudflare knows no such member: list the members again, somebody may have removed the person before.",
  token: "Cloudflare knows no such token: list the tokens again, somebody may have deleted it before.",
};

/** What to do about Cloudflare's refusals. */
export const cloudflareAdvice: readonly AdviceRule[] = [
  {
    codes: [7003, 7000],
    say: "Cloudflare knows no such account or zone: check CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_ZONE_IDS.",
  },
  {
    message: /access\.api\.error\.not_enabled/,
    say: "Access is not switched on in this Cloudflare account: a super administrator must set up Zero Trust there first.",
  },
  {
    kind: "missing_scope",
    say: ({ vendorPermission }) =>
      `The Cloudflare token may not do this: give it ${vendorPermission === undefined ? "the permission for it" : `the permission "${vendorPermission}"`} for this account or zone.`,
  },
  {
    codes: [9106],
    say: "Cloudflare got no credentials: set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_EMAIL together with CLOUDFLARE_API_KEY.",
  },
  {
    kind: "unauthorized",
    say: "Cloudflare does not accept the credentials: check that CLOUDFLARE_API_TOKEN is right, active and not expired.",
  },
  {
    kind: "not_found",
    say: ({ operation }) =>
      missing[operation.split(".")[1] ?? ""] ?? "Cloudflare does not know what this is about: check the id.",
  },
  {
    kind: "unreadable",
    message: /^The list /,
    say: "The list could not be read whole, so nothing is concluded from it: try again, and narrow the question if it says so again.",
  },
  {
    kind: "rate_limited",
    say: (situation) =>
      `The Cloudflare token has used up its limit of calls, and everything with it is blocked: try again ${when(situation, "in five minutes")}.`,
  },
];
