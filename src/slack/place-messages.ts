import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { Database } from "../database/connect.ts";
import type { Request } from "../request/request.ts";
import { findRequest } from "../request/store.ts";
import { slackErrorCode } from "./slack-error.ts";
import { retryAfterOf } from "./slack-patience.ts";
import type { PostedMessage } from "./find-posted.ts";
import type { Poster } from "./post.ts";

/** A message that a request should have by now: the root is kept up to date, the others are written once. */
export type StoryMessage = { id: string; text: string; blocks: KnownBlock[] } & (
  | { place: "root" }
  | { place: "thread"; /** Is kept up to date as well. */ follows?: true }
  | { place: "direct"; userId: string; /** Is kept up to date as well. */ follows?: true }
);

/** Slack will never let these people be written to. */
const UNREACHABLE = new Set([
  "user_disabled",
  "user_not_found",
  "cannot_dm_bot",
  "channel_not_found",
  "user_not_visible",
  "users_not_found",
  "restricted_action",
]);

export interface PlacingParts {
  client: WebClient;
  database: Database;
  poster: Poster;
  log: Logger;
}

/** Brings all messages of a request to where they belong. */
export type PlaceMessages = (request: Request, messages: readonly StoryMessage[]) => Promise<void>;

/** @returns places messages; throws what Slack's client threw first, and all that could be placed is placed then */
export function createPlacing({ client, database, poster, log }: PlacingParts): PlaceMessages {
  const directChannel = createDirectChannels(client);

  async function placeDirect(
    request: Request,
    { id, text, blocks, userId, follows }: Extract<StoryMessage, { place: "direct" }>,
  ): Promise<void> {
    try {
      const direct = { id, text, blocks, channel: await directChannel(userId) };
      if (follows === true) await poster.postOrUpdate(request.id, direct, request.createdAt);
      else await poster.post(request.id, direct, request.createdAt);
    } catch (error) {
      if (!UNREACHABLE.has(slackErrorCode(error))) throw error;
      log.warn({ requestId: request.id, slack: slackErrorCode(error) }, "a person cannot be written to");
    }
  }

  /** One who cannot be written to keeps it from nobody else. */
  async function placeAllDirect(request: Request, messages: readonly StoryMessage[]): Promise<unknown[]> {
    const faults: unknown[] = [];
    for (const message of messages) {
      if (message.place !== "direct") continue;
      try {
        await placeDirect(request, message);
      } catch (error) {
        faults.push(error);
        // Slack wants to be left alone for a while.
        if (retryAfterOf(error) !== undefined) break;
      }
    }
    return faults;
  }

  return async (request, messages) => {
    const [channel] = await Promise.allSettled([placeInChannel(poster, database, request, messages)]);
    // A channel that is gone must not keep the outcome from the one who asked.
    const faults = await placeAllDirect(request, messages);
    if (channel.status === "rejected") throw channel.reason;
    if (faults.length > 0) throw faults[0];
  };
}

/** Slack lets a private conversation be opened again and again; its id stays the same. */
function createDirectChannels(client: WebClient): (userId: string) => Promise<string> {
  const known = new Map<string, string>();
  return async (userId) => {
    const id = known.get(userId);
    if (id !== undefined) return id;
    const { channel } = await client.conversations.open({ users: userId });
    if (!channel?.id) throw new Error("Slack's conversations.open named no conversation.");
    known.set(userId, channel.id);
    return channel.id;
  };
}

async function placeInChannel(
  poster: Poster,
  database: Database,
  request: Request,
  messages: readonly StoryMessage[],
): Promise<void> {
  let root: PostedMessage | undefined;
  try {
    for (const message of messages) {
      const { id, text, blocks } = message;
      if (message.place === "root") {
        const thread = await threadOf(poster, database, request);
        const channel = thread?.channel ?? request.channel;
        const shown = { id, text, blocks, channel, threadTs: thread?.ts };
        const posted = await poster.postOrUpdate(request.id, shown, request.createdAt);
        root = thread ?? posted;
      } else if (message.place === "thread") {
        if (root === undefined) throw new Error("A thread needs its first message.");
        const shown = { id, text, blocks, channel: root.channel, threadTs: root.ts };
        if (message.follows === true) await poster.postOrUpdate(request.id, shown, request.createdAt);
        else await poster.post(request.id, shown, request.createdAt);
      }
    }
  } catch (error) {
    // Someone deleted the first message: the next round tells the whole story under a new one.
    if (slackErrorCode(error) === "thread_not_found")
      await poster.forgetThread(request.id, root?.channel ?? request.channel);
    throw error;
  }
}

/** Where the thread begins in which a request is told that came out of another one; undefined for its own. */
async function threadOf(
  poster: Poster,
  database: Database,
  request: Request,
): Promise<PostedMessage | undefined> {
  if (request.threadOf === undefined) return undefined;
  const origin = await findRequest(database, request.threadOf);
  // A thread has one beginning, however many came out of each other.
  const above = origin === undefined ? undefined : await threadOf(poster, database, origin);
  return above ?? poster.posted(`${request.threadOf}:root`);
}
