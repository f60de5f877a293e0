/** Where answers to commands may be posted: Slack's own hosts, and the API's where it is not Slack's. */
export function responseOrigins(apiUrl: string): string[] {
  const { origin, hostname } = new URL(apiUrl);
  const slackOrigins = ["https://hooks.slack.com", "https://hooks.slack-gov.com"];
  return isSlack(hostname) ? slackOrigins : [...slackOrigins, origin];
}

/** Where files are kept: Slack's own hosts, and the API's where it is not Slack's. */
export function fileOrigins(apiUrl: string): string[] {
  const { origin, hostname } = new URL(apiUrl);
  const slackOrigins = ["https://files.slack.com", "https://files.slack-gov.com"];
  return isSlack(hostname) ? slackOrigins : [...slackOrigins, origin];
}

function isSlack(hostname: string): boolean {
  return hostname === "slack.com" || hostname === "slack-gov.com";
}
