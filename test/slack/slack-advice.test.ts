import { expect, test } from "vitest";
import { slackAdvice } from "../../src/slack/slack-advice.ts";

test.each([
  "token_revoked",
  "invalid_auth",
  "account_inactive",
  "missing_scope",
  "ratelimited",
  "slack_webapi_rate_limited_error",
])("%s is for whoever runs the app, and not for trying again", (code) => {
  expect(slackAdvice(code)).toContain("Tell your Deadbolt administrator");
  expect(slackAdvice(code)).not.toContain("Try again");
});

test.each(["internal_error", "slack_webapi_request_error", "no_answer"])(
  "%s may be over in a minute",
  (code) => {
    expect(slackAdvice(code)).toContain(
      "Try again in a minute. If it lasts: tell your Deadbolt administrator",
    );
  },
);
