import type { RespondFn } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";

/**
 * Tells one person something: in the channel where they acted, so that only they see it. Where the bot cannot, the
 * address that came with what they did is used, which needs no token, and without one their direct messages.
 */
export async function tellPerson(
  client: WebClient,
  place: { channel?: string | undefined; user: string; respond?: RespondFn | undefined },
  text: string,
): Promise<void> {
  const { channel, user, respond } = place;
  if (channel !== undefined) {
    try {
      await client.chat.postEphemeral({ channel, user, text });
      return;
    } catch {
      // Not in the channel, no channel that takes it, or no token that Slack takes.
    }
  }
  if (respond !== undefined) {
    try {
      await respond({ response_type: "ephemeral", replace_original: false, text });
      return;
    } catch {
      // Used up or too old: told in private below.
    }
  }
  await client.chat.postMessage({ channel: user, text, unfurl_links: false, unfurl_media: false });
}
