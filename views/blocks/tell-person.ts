import type { WebClient } from "@slack/web-api";

/**
 * Tells one person something: in the channel where they acted, so that only they see it, or in their direct
 * messages where that channel is not open to them or to the app.
 */
export async function tellPerson(
  client: WebClient,
  place: { channel?: string | undefined; user: string },
  text: string,
): Promise<void> {
  const { channel, user } = place;
  if (channel !== undefined) {
    try {
      await client.chat.postEphemeral({ channel, user, text });
      return;
    } catch {
      // Not in the channel, or no channel that takes it: told in private below.
    }
  }
  await client.chat.postMessage({ channel: user, text, unfurl_links: false, unfurl_media: false });
}
