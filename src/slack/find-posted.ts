import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";

/** One message as it should stand in Slack, by an id that never changes. */
export interface SlackMessage {
  id: string;
  channel: string;
  threadTs?: string;
  text: string;
  blocks: KnownBlock[];
}

/** Where a message stands. */
export interface PostedMessage {
  channel: string;
  ts: string;
}

const METADATA_TYPE = "deadbolt_message";
/** How far back a message that may have been posted is looked for; Slack's page is 200 at most. */
const PAGE = 200;

/** What a message carries in Slack so that it can be found there again. */
export function metadataOf({ id }: SlackMessage) {
  return { event_type: METADATA_TYPE, event_payload: { id } };
}

/** Looks for a message that was being posted when the power failed. @throws what Slack's client throws */
export async function findPosted(
  client: WebClient,
  message: SlackMessage,
  since: Date,
): Promise<PostedMessage | undefined> {
  const oldest = String(Math.floor(since.getTime() / 1_000) - 60);
  const { channel, threadTs } = message;
  let cursor: string | undefined;
  do {
    const page = { channel, oldest, limit: PAGE, include_all_metadata: true, cursor };
    const answer =
      threadTs === undefined
        ? await client.conversations.history(page)
        : await client.conversations.replies({ ...page, ts: threadTs });
    for (const { metadata, ts } of answer.messages ?? [])
      if (metadata?.event_type === METADATA_TYPE && idOf(metadata.event_payload) === message.id && ts)
        return { channel, ts };
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

function idOf(payload: object | undefined): unknown {
  return payload !== undefined && "id" in payload ? payload.id : undefined;
}
