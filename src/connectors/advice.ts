import { type AdviceRule, type Situation, when } from "./advice-rule.ts";
import { type Vendor, VENDOR_NAMES } from "../catalogue/vendor.ts";
import { cloudflareAdvice } from "./cloudflare-advice.ts";
import { slackAdvice } from "./slack-advice.ts";
import type { VendorErrorFacts } from "./vendor-error.ts";

const zoomRules: readonly AdviceRule[] = [
  {
    operation: "zoom.oauth.token",
    message: /client.?id or client.?secret|invalid_client/i,
    say: "Zoom does not accept the app's credentials: check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET against the app's page in the Zoom Marketplace.",
  },
  {
    operation: "zoom.oauth.token",
    codes: [4702, 4704, 4706],
    say: "Zoom does not accept the app's credentials: check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET against the app's page in the Zoom Marketplace.",
  },
  {
    operation: "zoom.oauth.token",
    codes: [4717, 4738, 4741],
    say: "The Zoom app is deactivated or was removed: a Zoom admin must activate the server-to-server app again in the Zoom Marketplace.",
  },
  {
    operation: "zoom.oauth.token",
    message: /disabled|deactivated|revoked/i,
    say: "The Zoom app is deactivated or was removed: a Zoom admin must activate the server-to-server app again in the Zoom Marketplace.",
  },
  {
    operation: "zoom.oauth.token",
    kind: "unauthorized",
    say: "Zoom gives the app no token: check that ZOOM_ACCOUNT_ID is the account of the app and that it is an activated server-to-server OAuth app.",
  },
  {
    kind: "missing_scope",
    say: ({ scopes, vendorMessage }) =>
      `Add the scope ${findNamedScopes(vendorMessage) ?? scopes.granular[0] ?? scopes.classic[0] ?? "of this call"} to the server-to-server app in the Zoom Marketplace, then activate it again.`,
  },
  {
    kind: "not_found",
    codes: [1001],
    say: "Zoom knows no such user in this account: check the e-mail address, or somebody deleted the user before.",
  },
  {
    kind: "not_found",
    codes: [3001],
    say: "Zoom knows no such meeting: it has ended, or somebody deleted it before.",
  },
  {
    codes: [1034],
    say: "Zoom knows no such role: look at the list of roles, somebody may have deleted it before.",
  },
  {
    operation: "zoom.user.updateStatus",
    codes: [200],
    say: "Zoom changes the status of neither admins nor Zoom Rooms: take the person's admin role away in Zoom's role management first, then try again. Who owns the account must hand it over first.",
  },
  {
    operation: "zoom.user.delete",
    codes: [200],
    message: /deactivated/i,
    say: "Zoom does not delete this deactivated user: leave the user deactivated, or ask Zoom's support to delete it.",
  },
  {
    operation: "zoom.user.delete",
    codes: [200],
    message: /zoom rooms/i,
    say: "This is a Zoom Room and not a person: remove it in Zoom's room management.",
  },
  {
    operation: "zoom.user.delete",
    codes: [200],
    say: "The user belongs to another Zoom account: only an admin of that account can delete it.",
  },
  {
    operation: "zoom.user.updateStatus",
    codes: [300],
    say: "The person has Zoom Events ahead: hand them to somebody else or cancel them in Zoom Events, then try again.",
  },
  {
    operation: "zoom.user.delete",
    codes: [300],
    message: /same as/i,
    say: "The person's data cannot go to the person: name somebody else to receive it.",
  },
  {
    operation: "zoom.user.delete",
    codes: [300],
    message: /licen[cs]e/i,
    say: "Whoever is to receive the data lacks the licence for it: name somebody who has it, or assign it to them first.",
  },
  {
    operation: "zoom.user.delete",
    codes: [300],
    message: /zoom events/i,
    say: "The person has published Zoom Events: name somebody with a Zoom Events licence to receive them, or end the events first.",
  },
  {
    operation: "zoom.user.delete",
    codes: [300],
    message: /api user/i,
    say: "Zoom does not disassociate users made through its API: delete the user instead.",
  },
  {
    codes: [300],
    say: "Zoom did not accept this: its message says what it minds. Try again when that is mended, or do it in Zoom's user management.",
  },
  {
    codes: [1000],
    say: "The person runs a call queue or an auto-receptionist: give these to somebody else in Zoom Phone first, then try again.",
  },
  {
    codes: [1107],
    say: "The person's e-mail address is on a domain that the account manages, so they cannot be disassociated: delete or deactivate them instead.",
  },
  {
    codes: [1117],
    say: "The person is an admin: take the admin role away in Zoom's role management first, then try again.",
  },
  {
    codes: [1120],
    say: "The person's invitation has expired: remove it from the pending users in Zoom, there is no user behind it.",
  },
  {
    codes: [2300],
    say: "Zoom does not know this address: check that ZOOM_API_URL ends in /v2 and is not that of another service.",
  },
  {
    codes: [3412, 2033],
    say: "The account has as many Basic users as it may: remove one, or buy a licence for this person, then activate again.",
  },
  {
    kind: "unauthorized",
    codes: [124],
    say: "Zoom refuses even fresh tokens, as it does when another program gets tokens for the same app: give Deadbolt a Zoom app of its own, and check that it is activated.",
  },
  {
    kind: "unauthorized",
    say: "Zoom denies the app access to the account: check in the Zoom Marketplace that the app is activated, and ask Zoom's support if it is.",
  },
  {
    kind: "rate_limited",
    message: /concurrent/i,
    say: "Another request on this user is under way: wait a minute and look the user up before trying again.",
  },
  {
    kind: "rate_limited",
    message: /daily/i,
    say: (situation) =>
      `The account's daily limit of Zoom calls is used up: try again ${when(situation, "after midnight UTC")}.`,
  },
  {
    kind: "rate_limited",
    say: (situation) =>
      `Other apps on the Zoom account use up its limit of calls: try again ${when(situation, "in a minute")}.`,
  },
];

const VENDOR_RULES: Readonly<Record<Vendor, readonly AdviceRule[]>> = {
  zoom: zoomRules,
  cloudflare: cloudflareAdvice,
  slack: slackAdvice,
};

/** The settings that say where a vendor is. */
const ADDRESSES: Readonly<Record<Vendor, string>> = {
  zoom: "ZOOM_API_URL and ZOOM_OAUTH_URL",
  cloudflare: "CLOUDFLARE_API_URL",
  slack: "SLACK_API_URL",
};

const commonRules: readonly AdviceRule[] = [
  {
    kind: "unreadable",
    say: ({ vendor }) =>
      `What answered did not speak as ${VENDOR_NAMES[vendor]} does: check ${ADDRESSES[vendor]} and whether a proxy stands between.`,
  },
  {
    kind: "connection",
    say: "The vendor could not be reached: check the network and the vendor's status page, then try again.",
  },
  {
    kind: "timeout",
    say: "The vendor did not answer in time: check its status page, then try again.",
  },
  { kind: "server_error", say: "The vendor has a fault of its own: check its status page, then try again." },
  { say: "The vendor refused this: read its message, and try again when the cause is gone." },
];

/** Failures that say nothing of their own about a write that may have happened. */
const openEnds = new Set<VendorErrorFacts["kind"]>(["timeout", "connection", "server_error", "rate_limited"]);

function findNamedScopes(vendorMessage: string | undefined): string | undefined {
  const scopes = /scopes?:?\s*\[([\w:,\s]+)\]/i.exec(vendorMessage ?? "")?.[1];
  return scopes
    ?.split(",")
    .map((scope) => scope.trim())
    .join(" or ");
}

function applies(rule: AdviceRule, situation: Situation): boolean {
  return (
    (rule.operation === undefined || rule.operation === situation.operation) &&
    (rule.kind === undefined || rule.kind === situation.kind) &&
    (rule.codes === undefined || (situation.code !== undefined && rule.codes.includes(situation.code))) &&
    (rule.message === undefined || rule.message.test(situation.vendorMessage ?? ""))
  );
}

/** What the operation itself says of this very refusal. */
function documented({ errors, kind, status, code }: Situation, isExact: boolean): string | undefined {
  // Lacking rights and limits have advice of their own, which knows more than the catalogue does.
  if (kind !== "refused" && kind !== "not_found") return undefined;
  return errors?.find(
    (error) => error.status === status && (isExact ? error.code === code : error.code === undefined),
  )?.means;
}

/** What the person who asked, or the operator, should do about a failure: one sentence. */
export function adviceFor(situation: Situation): string {
  if (situation.mayHaveHappened && openEnds.has(situation.kind))
    return "No answer tells whether it took effect: look at the person's state before trying again.";
  const rules = VENDOR_RULES[situation.vendor].filter((rule) => applies(rule, situation));
  const say =
    rules.find((rule) => rule.operation !== undefined)?.say ??
    // Zoom's codes mean one thing in one call and another in the next: what the call documents goes first. Slack's
    // words are the call's own.
    (situation.vendor !== "cloudflare" && situation.code !== undefined
      ? documented(situation, true)
      : undefined) ??
    rules[0]?.say ??
    documented(situation, false) ??
    commonRules.find((rule) => applies(rule, situation))?.say ??
    "";
  return typeof say === "string" ? say : say(situation);
}
