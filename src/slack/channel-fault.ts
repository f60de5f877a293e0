import type { WebClient } from "@slack/web-api";
import { slackErrorCode } from "./directory.ts";

/** The settings that name a channel. */
export type ChannelSetting = "DEADBOLT_CHANNEL" | "INCIDENT_CHANNEL";

/** What Slack says of a channel that the app cannot use, and what to do about it. */
const FAULTS: Readonly<Record<string, (setting: ChannelSetting) => string>> = {
  channel_not_found: (setting) =>
    `Slack knows no such channel, or it is private and the bot is not in it: check ${setting}, then /invite the bot there`,
  not_in_channel: (setting) => `the bot is not in the channel of ${setting}: /invite it there`,
  is_archived: (setting) => `the channel of ${setting} is archived: choose another`,
  missing_scope: (setting) =>
    `the bot may not read the channel of ${setting}: install the app again from manifest.yml`,
};

/** What is wrong with a channel, in words; undefined when nothing is, or when Slack does not say. */
export async function channelFault(
  client: WebClient,
  channel: string,
  setting: ChannelSetting = "DEADBOLT_CHANNEL",
): Promise<string | undefined> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return undefined;
  } catch (error) {
    const code = slackErrorCode(error);
    return Object.hasOwn(FAULTS, code) ? `${code}: ${FAULTS[code]?.(setting)}` : undefined;
  }
}
