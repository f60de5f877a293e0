import type { WebClient } from "@slack/web-api";

/**
 * Tells one person something: in the channel where they acted, so that only they see it, or in their direct
 * messages where that channel is not open to them or to the app.
 */
export async function tellPerson(
  client: WebClient,
  place: { channel: string | undefined; user: string },
  text: string,
): Promise<void> {
  const { channel, user } = place;
  try {
    await client.chat.postEphemeral({ channel: channel ?? user, user, text });
  } catch {
    await client.chat.postMessage({ channel: user, text, unfurl_links: false, unfurl_media: false });
  }
}
