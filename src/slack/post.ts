import { createHash } from "node:crypto";
import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Database, DatabaseClient } from "../database/connect.ts";
import { slackErrorCode } from "./slack-error.ts";
import { findPosted, metadataOf, type PostedMessage, type SlackMessage } from "./find-posted.ts";

/** The content is at fault, not the moment: shown as plain text rather than not at all. */
const CONTENT_FAULTS = new Set([
  "invalid_blocks",
  "invalid_blocks_format",
  "msg_blocks_too_long",
  "msg_too_long",
]);

interface MessageRow {
  channel: string;
  ts: string | null;
  state: "posting" | "posted";
  digest: string | null;
}

interface Shown {
  posted: PostedMessage;
  digest: string | null;
}

function digestOf(message: Pick<SlackMessage, "text" | "blocks">): string {
  return createHash("sha256")
    .update(JSON.stringify([message.text, message.blocks]))
    .digest("hex");
}

/** Posts and updates messages so that each is there once, also when a crash came between Slack's answer and ours. */
export interface Poster {
  /** Posts the message unless it is there already; resolves to where it is. @throws what Slack's client throws */
  post(requestId: string, message: SlackMessage, since: Date): Promise<PostedMessage>;
  /** Posts the message, or brings the one that stands up to date. @throws what Slack's client throws */
  postOrUpdate(requestId: string, message: SlackMessage, since: Date): Promise<PostedMessage>;
  /** Where a message stands; undefined where it does not, as far as is known. */
  posted(id: string): Promise<PostedMessage | undefined>;
  /** Takes none of the request's messages in a channel for posted any more, as someone deleted the thread. */
  forgetThread(requestId: string, channel: string): Promise<void>;
}

export interface PosterParts {
  now: () => Date;
  /** Posts for a request in a channel as soon as it is its turn. */
  inPace: <Posted>(requestId: string, channel: string, post: () => Promise<Posted>) => Promise<Posted>;
}

export function createPoster(client: WebClient, database: Database, { now, inPace }: PosterParts): Poster {
  async function rowOf(id: string): Promise<MessageRow | undefined> {
    const { rows } = await database.query<MessageRow>(
      "select channel, ts, state, digest from deadbolt.message where id = $1",
      [id],
    );
    return rows[0];
  }

  async function markPosted(id: string, posted: PostedMessage, digest: string | null): Promise<void> {
    await database.query(
      "update deadbolt.message set state = 'posted', channel = $2, ts = $3, digest = $4, updated_at = $5 where id = $1",
      [id, posted.channel, posted.ts, digest, now()],
    );
  }

  async function send(message: SlackMessage): Promise<PostedMessage> {
    const common = {
      channel: message.channel,
      text: message.text,
      unfurl_links: false,
      unfurl_media: false,
      metadata: metadataOf(message),
      thread_ts: message.threadTs,
    };
    const answer = await client.chat
      .postMessage({ ...common, blocks: message.blocks })
      .catch((error: unknown) => {
        if (!CONTENT_FAULTS.has(slackErrorCode(error))) throw error;
        return client.chat.postMessage({ ...common, ...plainFallback(message) });
      });
    if (!answer.ts) throw new Error("Slack's chat.postMessage answered without a timestamp.");
    return { channel: answer.channel ?? message.channel, ts: answer.ts };
  }

  /** Where the message stands, and the digest of what it shows there; null when only Slack knows. */
  async function ensure(requestId: string, message: SlackMessage, since: Date): Promise<Shown> {
    const inserted = await claim(database, requestId, message, now());
    const row = inserted ? undefined : await rowOf(message.id);
    if (row?.state === "posted" && row.ts !== null)
      return { posted: { channel: row.channel, ts: row.ts }, digest: row.digest };
    const found = row === undefined ? undefined : await findPosted(client, message, since);
    const posted = found ?? (await inPace(requestId, message.channel, () => send(message)));
    // What was found was posted by an attempt before this one, and may show an older state.
    const digest = found === undefined ? digestOf(message) : null;
    await markPosted(message.id, posted, digest);
    return { posted, digest };
  }

  return {
    post: async (requestId, message, since) => (await ensure(requestId, message, since)).posted,
    async postOrUpdate(requestId, message, since) {
      const { posted, digest } = await ensure(requestId, message, since);
      if (digest === digestOf(message)) return posted;
      const common = { channel: posted.channel, ts: posted.ts, text: message.text };
      try {
        await client.chat.update({ ...common, blocks: message.blocks });
      } catch (error) {
        const code = slackErrorCode(error);
        if (CONTENT_FAULTS.has(code)) await client.chat.update({ ...common, ...plainFallback(message) });
        // Someone deleted it: the thread below still tells the story, and a second root would tell it twice.
        else if (code !== "message_not_found") throw error;
      }
      await markPosted(message.id, posted, digestOf(message));
      return posted;
    },
    async posted(id) {
      const row = await rowOf(id);
      return row?.state === "posted" && row.ts !== null ? { channel: row.channel, ts: row.ts } : undefined;
    },
    async forgetThread(requestId, channel) {
      await database.query("delete from deadbolt.message where request_id = $1 and channel = $2", [
        requestId,
        channel,
      ]);
    },
  };
}

/** Written before Slack is called, so that a crash in between is seen. */
async function claim(
  database: DatabaseClient,
  requestId: string,
  message: SlackMessage,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into deadbolt.message (id, request_id, channel, thread_ts, state, updated_at)
     values ($1, $2, $3, $4, 'posting', $5) on conflict (id) do nothing`,
    [message.id, requestId, message.channel, message.threadTs ?? null, at],
  );
  return rowCount === 1;
}

/** The text alone, and the buttons: without them nobody could decide. */
function plainFallback(message: SlackMessage): { text: string; blocks: KnownBlock[] } {
  const { text } = message;
  const kept = text.length <= 3_000 ? text : `${text.slice(0, 2_999)}…`;
  const buttons = message.blocks.filter((block) => block.type === "actions");
  return {
    text: kept,
    blocks:
      buttons.length === 0 ? [] : [{ type: "section", text: { type: "mrkdwn", text: kept } }, ...buttons],
  };
}
