import { type AdviceRule, when } from "./advice-rule.ts";

const METHODS = "https://docs.slack.dev/reference/methods/admin.users.session.reset";
const TOKENS = "https://docs.slack.dev/authentication/tokens";
const LIMITS = "https://docs.slack.dev/apis/web-api/rate-limits";

/** What to do about the refusals of Slack's administration. */
export const slackAdvice: readonly AdviceRule[] = [
  {
    codes: ["not_allowed_token_type"],
    say: "Slack takes a user token for this: set SLACK_ADMIN_TOKEN to the one that starts with xoxp-.",
    source: TOKENS,
  },
  {
    codes: ["not_an_admin", "admin_unauthorized"],
    say: "The owner of SLACK_ADMIN_TOKEN no longer owns or administers the organization: let someone who does install its app again, and set the new token.",
    source: METHODS,
  },
  {
    kind: "missing_scope",
    say: ({ scopes }) =>
      `SLACK_ADMIN_TOKEN lacks a scope: add ${scopes.granular[0] ?? "the scope of this call"} to the user token scopes of its app, install it on the organization again, and set the new token.`,
    source: METHODS,
  },
  {
    kind: "unauthorized",
    say: "Slack does not accept SLACK_ADMIN_TOKEN: let an owner or admin of the organization install its app again, and set the new token.",
    source: TOKENS,
  },
  {
    kind: "rate_limited",
    say: (situation) =>
      `Slack takes some twenty of these calls a minute: try again ${when(situation, "in a minute")}.`,
    source: LIMITS,
  },
];
