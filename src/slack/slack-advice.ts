/** Slack's words for a token that it does not take, or not for this. */
const TOKEN_REFUSED: ReadonlySet<string> = new Set([
  "access_denied",
  "account_inactive",
  "invalid_auth",
  "missing_scope",
  "no_permission",
  "not_allowed_token_type",
  "not_authed",
  "org_login_required",
  "team_access_not_granted",
  "token_expired",
  "token_revoked",
]);
const LIMITED: ReadonlySet<string> = new Set([
  "ratelimited",
  "rate_limited",
  "slack_webapi_rate_limited_error",
]);

const WHO = "Tell your Deadbolt administrator: they can lock somebody out without Slack.";

/**
 * What someone can do about an error of Slack's: waiting helps against a moment's trouble, and nobody but the person who runs
 * the app can put a token or a limit right.
 * @param slackError Slack's error code, or what kept it from answering
 */
export function slackAdvice(slackError: string): string {
  if (TOKEN_REFUSED.has(slackError)) return `Slack refuses this app's token. ${WHO}`;
  if (LIMITED.has(slackError)) return `Slack takes no more calls of this app for now. ${WHO}`;
  return `Try again in a minute. If it lasts: ${WHO.replace("Tell", "tell")}`;
}

/** Whether Slack does not take the token, or not for this. */
export function isTokenRefused(slackError: string): boolean {
  return TOKEN_REFUSED.has(slackError);
}

/** Whether Slack says that it takes no more calls for now. */
export function isLimit(slackError: string): boolean {
  return LIMITED.has(slackError);
}

/** Whether nothing but another token, or time, makes Slack take calls again. */
export function isTokenTrouble(slackError: string): boolean {
  return TOKEN_REFUSED.has(slackError) || LIMITED.has(slackError);
}
