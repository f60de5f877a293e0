import type { DocumentedError } from "../operation.ts";

/** One refusal: Slack refuses with 200 and a word. */
export function refusal(code: string, means: string): DocumentedError {
  return { status: 200, code, means };
}

/** What Slack answers to any call of its administration about one person. */
export const adminErrors: readonly DocumentedError[] = [
  refusal("user_not_found", "Slack knows no such person: look the person up in the organization's settings."),
  refusal("missing_scope", "The token lacks the scope for this: install its app on the organization again."),
  refusal("not_allowed_token_type", "This takes a user token (xoxp-…) and no other."),
  refusal("invalid_auth", "Slack does not accept the token: make another one."),
  refusal("token_revoked", "The token was revoked, or its owner is gone: make another one."),
  refusal("not_an_admin", "The token's owner no longer owns or administers the organization."),
  refusal("feature_not_enabled", "Slack offers this to organizations on an Enterprise plan only."),
  {
    status: 429,
    code: "ratelimited",
    means: "Slack takes some twenty of these calls a minute: try again in a minute.",
  },
];
