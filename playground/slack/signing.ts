import { createHmac } from "node:crypto";

/** Slack's `X-Slack-Signature`, version 0, over a body as it is sent; `timestamp` in seconds. */
function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

/** The headers that Slack sends with a signed request. */
export function signedHeaders(
  secret: string,
  timestamp: number,
  body: string,
  contentType: string,
): Record<string, string> {
  return {
    "content-type": contentType,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    accept: "application/json,*/*",
    "x-slack-request-timestamp": String(timestamp),
    "x-slack-signature": signature(secret, timestamp, body),
  };
}
