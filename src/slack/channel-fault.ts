import type { WebClient } from "@slack/web-api";
import { slackErrorCode } from "./slack-error.ts";

/** The settings that name a channel. */
export type ChannelSetting = "DEADBOLT_CHANNEL" | "INCIDENT_CHANNEL";

/** Why the app cannot use a channel. */
export interface ChannelFault {
  /** Slack's error code. */
  code: string;
  /** What is wrong, without a full stop. */
  fault: string;
  /** What to do about it, in the imperative and without a full stop. */
  mend: string;
}

/** What Slack says of a channel that the app cannot use, and what to do about it. */
const FAULTS: Readonly<Record<string, (setting: ChannelSetting) => Omit<ChannelFault, "code">>> = {
  channel_not_found: (setting) => ({
    fault: "Slack knows no such channel, or it is private and the bot is not in it",
    mend: `check ${setting}, then /invite the bot there`,
  }),
  not_in_channel: (setting) => ({
    fault: `the bot is not in the channel of ${setting}`,
    mend: "/invite it there",
  }),
  is_archived: (setting) => ({ fault: `the channel of ${setting} is archived`, mend: "choose another" }),
  missing_scope: (setting) => ({
    fault: `the bot may not read the channel of ${setting}`,
    mend: "install the app again from manifest.yml",
  }),
};

/** What is wrong with a channel; undefined when nothing is, or when Slack does not say. */
export async function findChannelFault(
  client: WebClient,
  channel: string,
  setting: ChannelSetting,
): Promise<ChannelFault | undefined> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return undefined;
  } catch (error) {
    const code = slackErrorCode(error);
    const described = Object.hasOwn(FAULTS, code) ? FAULTS[code]?.(setting) : undefined;
    return described === undefined ? undefined : { code, ...described };
  }
}

/** The same in words. */
export async function channelFault(
  client: WebClient,
  channel: string,
  setting: ChannelSetting = "DEADBOLT_CHANNEL",
): Promise<string | undefined> {
  const found = await findChannelFault(client, channel, setting);
  return found === undefined ? undefined : `${found.code}: ${found.fault}: ${found.mend}`;
}
