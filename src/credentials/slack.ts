import { foundFault, foundWell, type CredentialFinding } from "./finding.ts";

/** The scopes of the bot that `manifest.yml` asks for, and what is lost without each. */
export const BOT_SCOPES: Readonly<Record<string, string>> = {
  commands: "no slash command works",
  "chat:write": "nothing can be posted",
  "users:read": "nobody can be recognised, so nobody may do anything",
  "users:read.email": "Slack people cannot be matched with Zoom and Cloudflare",
  "usergroups:read": "roles and protection by user group cannot be checked",
  "files:read": "pictures given in forms cannot be read",
  "files:write": "long answers cannot be sent as a file",
  "im:write": "requesters get no direct messages",
  "channels:history": "after a crash, messages in public channels may be posted twice",
  "groups:history": "after a crash, messages in private channels may be posted twice",
  "im:history": "after a crash, direct messages may be sent twice",
};

/**
 * What the scopes that Slack granted mean for us; asks nothing.
 * @param granted as Slack named them with an answer to the bot; undefined where it named none
 */
export function checkSlackScopes(granted: readonly string[] | undefined): CredentialFinding[] {
  const settings = ["SLACK_BOT_TOKEN"];
  if (granted === undefined) return [];
  const lacking = Object.entries(BOT_SCOPES).filter(([scope]) => !granted.includes(scope));
  if (lacking.length === 0) return [foundWell(settings, "it has every scope of manifest.yml.")];
  const named = lacking.map(([scope, loss]) => `${scope} (${loss})`).join(", ");
  return [
    foundFault(
      settings,
      `the bot lacks ${named}. Add ${lacking.length === 1 ? "it" : "them"} in Slack and install the app again.`,
    ),
  ];
}
