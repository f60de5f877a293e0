import { type AdviceRule, type Situation, when } from "./advice-rule.ts";

const USERS = "https://developers.zoom.us/docs/api/users/";
const ACCOUNTS = "https://developers.zoom.us/docs/api/accounts/";
const TOKENS = "https://developers.zoom.us/docs/internal-apps/s2s-oauth/";
const LIMITS = "https://developers.zoom.us/docs/api/rate-limits/";
const TOKEN_ENDED = "https://devforum.zoom.us/t/server-to-server-oauth-annoying-token-invalidation/72070";

/** These words were met by others, and are in no document of Zoom's. */
const REPORT = "a public report of these words";

const WRONG_CREDENTIALS =
  "Zoom does not accept the app's credentials: check ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET against the app's page in the Zoom Marketplace.";
const APP_IS_OFF =
  "The Zoom app is deactivated or was removed: a Zoom admin must activate the server-to-server app again in the Zoom Marketplace.";

/**
 * The scope to add: the operation's own. Zoom's message lists every scope that any app could do it with, which is no
 * list of alternatives for this one.
 */
function ownScope({ scopes, vendorMessage }: Situation): string {
  const own = [...scopes.granular, ...scopes.classic];
  const listed = /scopes?:?\s*\[([\w:,\s]+)\]/i.exec(vendorMessage ?? "")?.[1]?.split(/[\s,]+/) ?? [];
  return own.find((scope) => listed.includes(scope)) ?? own[0] ?? "of this call";
}

const tokenRules: readonly AdviceRule[] = [
  { words: /client.?id or client.?secret|invalid_client/i, say: WRONG_CREDENTIALS, source: TOKENS },
  { codes: [4702, 4704, 4706], say: WRONG_CREDENTIALS, source: TOKENS },
  { codes: [4717, 4738, 4741], say: APP_IS_OFF, source: TOKENS },
  { words: /disabled|deactivated|revoked/i, say: APP_IS_OFF, source: TOKENS },
  {
    words: /invalid_request/i,
    say: "Zoom gives the app no token: check that ZOOM_ACCOUNT_ID is the account of the app, and that it is an activated server-to-server OAuth app.",
    source: TOKENS,
  },
].map((rule) => ({ ...rule, operation: "zoom.oauth.token" }));

const statusRules: readonly AdviceRule[] = [
  {
    codes: [200],
    words: /zoom room and admin users/i,
    say: "Zoom changes the status of neither admins nor Zoom Rooms: take the person's admin role away in Zoom's role management first, then try again. Who owns the account must hand it over first.",
    source: USERS,
  },
  {
    codes: [300],
    words: /upcoming zoom events/i,
    say: "The person has Zoom Events ahead: hand them to somebody else or cancel them in Zoom Events, then try again.",
    source: USERS,
  },
  {
    codes: [3412, 2033],
    say: "The account has as many Basic users as it may: remove one, or buy a licence for this person, then activate again.",
    source: USERS,
  },
].map((rule) => ({ ...rule, operation: "zoom.user.updateStatus" }));

const deletionRules: readonly AdviceRule[] = [
  {
    codes: [200],
    words: /delete this deactivated user/i,
    say: "Zoom does not delete this deactivated user: leave the user deactivated, or ask Zoom's support to delete it.",
    source: USERS,
  },
  {
    codes: [200],
    words: /delete a zoom rooms user/i,
    say: "This is a Zoom Room and not a person: remove it in Zoom's room management.",
    source: USERS,
  },
  {
    codes: [200, 300],
    words: /transfer to a zoom rooms user/i,
    say: "Who is to receive the data is a Zoom Room: name another recipient.",
    source: REPORT,
  },
  {
    codes: [200],
    words: /delete a user out of your account/i,
    say: "The user belongs to another Zoom account: only an admin of that account can delete it.",
    source: USERS,
  },
  {
    codes: [300],
    words: /same as the unlinked or deleted/i,
    say: "The person's data cannot go to the person: name another recipient.",
    source: USERS,
  },
  {
    codes: [300],
    words: /destination user does not have .*licen[cs]e/i,
    say: "Who is to receive the data lacks the licence for it: name somebody who has it, or assign it to them first.",
    source: USERS,
  },
  {
    codes: [300],
    words: /published events on zoom events/i,
    say: "The person has published Zoom Events: name somebody with a Zoom Events licence to receive them, or end the events first.",
    source: USERS,
  },
  {
    codes: [300],
    words: /unlink api user/i,
    say: "Zoom does not disassociate users made through its API: delete the user instead.",
    source: USERS,
  },
  {
    codes: [1000],
    words: /call-?queue manager|auto-?receptionist/i,
    say: "The person runs a call queue or an auto-receptionist: give these to somebody else in Zoom Phone first, then try again.",
    source: USERS,
  },
  {
    codes: [200, 300, 1000],
    words: /pending state/i,
    say: "The person has not accepted the invitation yet: disassociate them, which removes the invitation.",
    source: REPORT,
  },
  {
    codes: [1107],
    say: "The person's e-mail address is on a domain that the account manages, so they cannot be disassociated: delete or deactivate them instead.",
    source: USERS,
  },
  {
    codes: [1117],
    say: "The person is an admin: take the admin role away in Zoom's role management first, then try again.",
    source: USERS,
  },
].map((rule) => ({ ...rule, operation: "zoom.user.delete" }));

/**
 * What to do about Zoom's answers. Its codes 200, 300 and 1000 are catch-alls, and its words come in the account's
 * language: a row for one of these codes asks for the words as well.
 */
export const zoomAdvice: readonly AdviceRule[] = [
  {
    about: "another",
    say: ({ others = [] }) =>
      `Zoom knows no user ${others.join(" or ") || "of that name"} in this account: name another recipient, or somebody else.`,
    source: USERS,
  },
  {
    about: "unclear",
    say: "Zoom knows no such user, and does not say whether it means the person or somebody else whom the call names: look both up in Zoom.",
    source: USERS,
  },
  ...tokenRules,
  ...statusRules,
  ...deletionRules,
  {
    kind: "missing_scope",
    say: (situation) =>
      `Add the scope ${ownScope(situation)} to the server-to-server app in the Zoom Marketplace, then activate it again.`,
    source: TOKENS,
  },
  {
    kind: "not_found",
    codes: [1001],
    say: "Zoom knows no such user in this account: check the e-mail address, or somebody deleted the user before.",
    source: USERS,
  },
  {
    kind: "not_found",
    codes: [1010],
    say: "Zoom knows no such user in this account: check the e-mail address, or somebody deleted the user before.",
    source: "https://github.com/jrchamp/moodle-mod_zoom/issues/64",
  },
  {
    kind: "not_found",
    codes: [3001],
    say: "Zoom knows no such meeting: it has ended, or somebody deleted it before.",
    source: "https://developers.zoom.us/docs/api/meetings/",
  },
  {
    codes: [300],
    words: /next page token/i,
    say: "The list could not be read whole, because its page expired while it was read: try again.",
    source: USERS,
  },
  {
    codes: [1034],
    say: "Zoom knows no such role: look at the list of roles, somebody may have deleted it before.",
    source: ACCOUNTS,
  },
  {
    codes: [1120],
    say: "The person's invitation has expired: remove it from the pending users in Zoom, there is no user behind it.",
    source: USERS,
  },
  {
    codes: [2300],
    say: "Zoom does not know this address: check that ZOOM_API_URL ends in /v2 and is not that of another service.",
    source: USERS,
  },
  {
    kind: "unauthorized",
    codes: [124],
    say: "Zoom refuses even fresh tokens, as it does when another program gets tokens for the same app: give Deadbolt a Zoom app of its own, and check that it is activated.",
    source: TOKEN_ENDED,
  },
  {
    kind: "unauthorized",
    statuses: [403],
    words: /rest api has been denied/i,
    say: "Zoom denies this account its REST API: ask Zoom's support why.",
    source: USERS,
  },
  {
    kind: "rate_limited",
    words: /concurrent/i,
    say: "Another request on this user is under way: wait a minute and look the user up before trying again.",
    source: LIMITS,
  },
  {
    kind: "rate_limited",
    words: /daily/i,
    say: (situation) =>
      `The account's daily limit of Zoom calls is used up: try again ${when(situation, "after midnight UTC")}.`,
    source: LIMITS,
  },
  {
    kind: "rate_limited",
    say: (situation) =>
      `Zoom takes no more calls for now, from all apps on the account together: try again ${when(situation, "in a minute")}.`,
    source: LIMITS,
  },
];
