import type { WebClient } from "@slack/web-api";
import { slackErrorCode } from "./directory.ts";

/** What Slack says of a channel that the app cannot use, and what to do about it. */
const FAULTS: Readonly<Record<string, string>> = {
  channel_not_found:
    "Slack knows no such channel, or it is private and the bot is not in it: check DEADBOLT_CHANNEL, then /invite the bot there",
  not_in_channel: "the bot is not in the channel of DEADBOLT_CHANNEL: /invite it there",
  is_archived: "the channel of DEADBOLT_CHANNEL is archived: choose another",
  missing_scope:
    "the bot may not read the channel of DEADBOLT_CHANNEL: install the app again from manifest.yml",
};

/** What is wrong with the channel of requests, in words; undefined when nothing is, or when Slack does not say. */
export async function channelFault(client: WebClient, channel: string): Promise<string | undefined> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return undefined;
  } catch (error) {
    const code = slackErrorCode(error);
    return Object.hasOwn(FAULTS, code) ? `${code}: ${FAULTS[code]}` : undefined;
  }
}
