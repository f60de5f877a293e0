import type { WebClient } from "@slack/web-api";
import { findChannelFault, type ChannelSetting } from "../slack/channel-fault.ts";
import { askSlack } from "./ask-slack.ts";
import { findingsOf, type Finding } from "./finding.ts";

const fault = findingsOf("channel", "fault");
const warning = findingsOf("channel", "warning");

/** What can be read about a channel beyond what is in it; the manifest does not ask for these scopes. */
const INFO_SCOPES = ["channels:read", "groups:read"];

/** Looks whether the bot can use a channel, and who else can read it. */
export async function channelFindings(
  client: WebClient,
  slack: { apiUrl: string; botToken: string; scopes: readonly string[] },
  setting: ChannelSetting,
  channel: string,
): Promise<Finding[]> {
  const wrong = await findChannelFault(client, channel, setting);
  if (wrong !== undefined)
    return [fault(setting, `${sentence(wrong.fault)} (${channel}: ${wrong.code})`, sentence(wrong.mend))];
  if (!INFO_SCOPES.every((scope) => slack.scopes.includes(scope))) return [];
  const said = await askSlack(slack.apiUrl, slack.botToken, "conversations.info", { channel });
  const { is_archived: isArchived, is_private: isPrivate } = (said.body["channel"] ?? {}) as {
    is_archived?: boolean;
    is_private?: boolean;
  };
  if (isArchived === true)
    return [
      fault(setting, `The channel ${channel} is archived.`, "Unarchive it, or choose another channel."),
    ];
  if (isPrivate === false)
    return [
      warning(
        setting,
        `The channel ${channel} is public: the whole company can read who is leaving and why.`,
        "Make the channel private, or set a private one.",
      ),
    ];
  return [];
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}
