import { type AdviceRule, type Situation, when } from "./advice-rule.ts";

const API = "https://developers.cloudflare.com/fundamentals/api/";
const ACCESS = "https://developers.cloudflare.com/api/resources/zero_trust/subresources/access/";
const LIMITS = "https://developers.cloudflare.com/fundamentals/api/reference/limits/";
const FILTER = "https://github.com/jeessy2/ddns-go/issues/1341";

/** What is not there, by the resource in the operation's name. */
const missing: Readonly<Record<string, string>> = {
  access: "Cloudflare knows no such person in Access: look them up again in Zero Trust.",
  seat: "Cloudflare knows no such seat: look the person up again in Zero Trust.",
  registration: "Cloudflare knows no such device registration: list the person's registrations again.",
  device: "Cloudflare knows no such device: list the devices again.",
  gateway: "Cloudflare has no such list: list the Gateway lists of the account and check the id.",
  member: "Cloudflare knows no such member: list the members again.",
  token: "Cloudflare knows no such token: list the tokens again.",
};

/** The settings that hold what was sent to Cloudflare. */
function settingsOf({ credentials }: Situation): string {
  return credentials === "pair" ? "CLOUDFLARE_API_EMAIL and CLOUDFLARE_API_KEY" : "CLOUDFLARE_API_TOKEN";
}

function permissionOf({ vendorPermission }: Situation): string {
  return vendorPermission === undefined ? "the permission for it" : `the permission "${vendorPermission}"`;
}

function givePermission(situation: Situation): string {
  return situation.credentials === "pair"
    ? `The member whose CLOUDFLARE_API_EMAIL and CLOUDFLARE_API_KEY are set may not do this: give them a role with ${permissionOf(situation)}.`
    : `The Cloudflare token may not do this: give it ${permissionOf(situation)} for this account or zone.`;
}

function malformed(situation: Situation): string {
  return `What is set as ${settingsOf(situation)} is malformed: copy it again, without quotes, spaces or line breaks.`;
}

function notAccepted(situation: Situation): string {
  return `Cloudflare does not accept the credentials: check that ${settingsOf(situation)} ${situation.credentials === "pair" ? "are" : "is"} right, active and not expired.`;
}

/** What to do about Cloudflare's answers. */
export const cloudflareAdvice: readonly AdviceRule[] = [
  {
    codes: [7003, 7000],
    say: "Cloudflare knows no such account or zone: check CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_ZONE_IDS.",
    source: API,
  },
  {
    words: /access\.api\.error\.not_enabled/,
    say: "Access is not switched on in this Cloudflare account: a super administrator must set up Zero Trust there first.",
    source: ACCESS,
  },
  {
    codes: [9109],
    words: /from location/i,
    say: (situation) =>
      `${settingsOf(situation)} may not be used from Deadbolt's address: add the address to the token's client IP address filter.`,
    source: FILTER,
  },
  {
    codes: [9109],
    words: /invalid access token/i,
    say: notAccepted,
    source: API,
  },
  {
    codes: [6102, 6103],
    say: malformed,
    source: "https://github.com/cloudflare/cloudflare-typescript/issues/161",
  },
  { codes: [6111], say: malformed, source: "https://github.com/jeessy2/ddns-go/issues/916" },
  {
    statuses: [405],
    codes: [10000],
    words: /with api tokens is not supported/i,
    say: "Cloudflare takes no API token for this call here: where a zone has no Access organization of its own, remove it from CLOUDFLARE_ZONE_IDS; otherwise do it in Zero Trust.",
    source: "https://github.com/cloudflare/terraform-provider-cloudflare/issues/1100",
  },
  {
    kind: "missing_scope",
    codes: [10000],
    say: givePermission,
    source: "https://github.com/cloudflare/cf-terraforming/issues/754",
  },
  {
    kind: "missing_scope",
    codes: [9109],
    words: /unauthorized to access/i,
    say: givePermission,
    source: "https://github.com/cloudflare/terraform-provider-cloudflare/issues/5114",
  },
  { kind: "missing_scope", codes: [1001], words: /not authorized/i, say: givePermission, source: API },
  {
    codes: [9106],
    say: "Cloudflare got no credentials: set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_API_EMAIL together with CLOUDFLARE_API_KEY.",
    source: API,
  },
  {
    kind: "unauthorized",
    codes: [10000],
    say: (situation) =>
      `Cloudflare does not accept the credentials for this: check that ${settingsOf(situation)} ${situation.credentials === "pair" ? "are" : "is"} right, active and not expired, and has ${permissionOf(situation)}.`,
    source: API,
  },
  { kind: "unauthorized", codes: [1000, 10001], say: notAccepted, source: API },
  {
    kind: "not_found",
    say: ({ operation }) =>
      missing[operation.split(".")[1] ?? ""] ?? "Cloudflare does not know what this is about: check the id.",
    source: API,
  },
  {
    kind: "rate_limited",
    codes: [971],
    say: (situation) =>
      `Cloudflare throttles calls, also below its documented limit: try again ${when(situation, "in five minutes")}.`,
    source: LIMITS,
  },
  {
    kind: "rate_limited",
    say: (situation) =>
      `Cloudflare takes no more calls for now, and everything with these credentials waits: try again ${when(situation, "in five minutes")}.`,
    source: LIMITS,
  },
];
