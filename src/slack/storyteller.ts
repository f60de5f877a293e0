import { setTimeout as sleep } from "node:timers/promises";
import type { KnownBlock } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { AuditEvent } from "../audit/event.ts";
import type { AuditLog } from "../audit/log.ts";
import { STORY_LOCK_SPACE } from "../database/advisory-locks.ts";
import type { Database } from "../database/connect.ts";
import type { Request } from "../request/request.ts";
import { findRequest } from "../request/store.ts";
import { slackErrorCode } from "./directory.ts";
import { createPoster, type PostedMessage } from "./post.ts";

/** A message that a request should have by now: the root is kept up to date, the others are written once. */
export type StoryMessage = { id: string; text: string; blocks: KnownBlock[] } & (
  | { place: "root" }
  | { place: "thread"; /** Is kept up to date as well. */ follows?: true }
  | { place: "direct"; userId: string; /** Is kept up to date as well. */ follows?: true }
);

export interface StorytellerOptions {
  database: Database;
  client: WebClient;
  audit: AuditLog;
  /** What should stand in Slack, given what has happened. */
  render(request: Request, events: readonly AuditEvent[]): StoryMessage[];
  log: Logger;
  now: () => number;
  /** Whether doors are being closed just now: the telling of all else waits for that. */
  isHeldUp?(): boolean;
  /** Resolves when they are closed, or when so many milliseconds are over. */
  lull?(most: number): Promise<void>;
  onFailure?(slackError: string): void;
}

/** Tells each request's story in Slack from its events, as often as it takes until all of it stands. */
export interface Storyteller {
  /** A request has a new event. */
  notice(requestId: string): void;
  /** What comes of a request is told before what comes of others, as long as this process lives. */
  putFirst(requestId: string): void;
  /** Begins to tell, also what was left untold by a crash. */
  start(): void;
  /** Tells what is still untold, at most so many milliseconds; false when something is left for the next start. */
  stop(milliseconds: number): Promise<boolean>;
}

/** Other instances' events, and what was left after a failure, are looked for this often. */
const POLL_MILLISECONDS = 1_000;
/** Telling waits so long for more to tell, and then until doors are closed: what closes them goes first. */
const NOTICE_MILLISECONDS = 100;
const LULL_MILLISECONDS = 500;
/** Updates of one message are gathered: Slack takes 50 a minute. */
const GATHER_MILLISECONDS = 400;
const LONGEST_WAIT_MILLISECONDS = 60_000;
const AT_ONCE = 4;
/** Beside these, so many more of those that are told first. */
const FOR_FIRST = 4;
/** So many requests are remembered as those that are told first. */
const MOST_FIRST = 1_000;
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

export function createStoryteller(options: StorytellerOptions): Storyteller {
  const { database, client, audit, log, now } = options;
  const poster = createPoster(client, database, () => new Date(now()));
  const telling = new Map<string, Promise<void>>();
  const noticed = new Set<string>();
  const notBefore = new Map<string, { at: number; failures: number }>();
  const soon = new Set<string>();
  const first = new Set<string>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const directChannels = new Map<string, string>();

  /** Slack lets a private conversation be opened again and again; its id stays the same. */
  async function directChannel(userId: string): Promise<string> {
    const known = directChannels.get(userId);
    if (known !== undefined) return known;
    const answer = await client.conversations.open({ users: userId });
    if (!answer.channel?.id) throw new Error("Slack's conversations.open named no conversation.");
    directChannels.set(userId, answer.channel.id);
    return answer.channel.id;
  }

  /** Where the thread begins in which a request is told that came out of another one; undefined for its own. */
  async function threadOf(request: Request): Promise<PostedMessage | undefined> {
    if (request.threadOf === undefined) return undefined;
    const origin = await findRequest(database, request.threadOf);
    // A thread has one beginning, however many came out of each other.
    const above = origin === undefined ? undefined : await threadOf(origin);
    return above ?? poster.posted(`${request.threadOf}:root`);
  }

  async function place(
    request: Request,
    message: StoryMessage,
    root: PostedMessage | undefined,
  ): Promise<PostedMessage | undefined> {
    const { id, text, blocks } = message;
    if (message.place === "root") {
      const thread = await threadOf(request);
      const posted = await poster.postOrUpdate(
        request.id,
        {
          id,
          text,
          blocks,
          channel: thread?.channel ?? request.channel,
          ...(thread === undefined ? {} : { threadTs: thread.ts }),
        },
        request.createdAt,
      );
      return thread ?? posted;
    }
    if (message.place === "thread") {
      if (root === undefined) throw new Error("A thread needs its first message.");
      const threadTs = root.ts;
      const inThread = { id, text, blocks, channel: root.channel, threadTs };
      if (message.follows === true) await poster.postOrUpdate(request.id, inThread, request.createdAt);
      else await poster.post(request.id, inThread, request.createdAt);
      return undefined;
    }
    try {
      const channel = await directChannel(message.userId);
      const direct = { id, text, blocks, channel };
      if (message.follows === true) await poster.postOrUpdate(request.id, direct, request.createdAt);
      else await poster.post(request.id, direct, request.createdAt);
    } catch (error) {
      if (!UNREACHABLE.has(slackErrorCode(error))) throw error;
      log.warn({ requestId: request.id, slack: slackErrorCode(error) }, "a person cannot be written to");
    }
    return undefined;
  }

  /** What is told to single people. One who cannot be written to keeps it from nobody else. */
  async function tellPeople(request: Request, messages: readonly StoryMessage[]): Promise<unknown[]> {
    const faults: unknown[] = [];
    for (const message of messages) {
      if (message.place !== "direct") continue;
      try {
        await place(request, message, undefined);
      } catch (error) {
        faults.push(error);
        // Slack wants to be left alone for a while.
        if (typeof (error as { retryAfter?: unknown }).retryAfter === "number") break;
      }
    }
    return faults;
  }

  async function tellChannel(request: Request, messages: readonly StoryMessage[]): Promise<void> {
    let root: PostedMessage | undefined;
    try {
      for (const message of messages)
        if (message.place !== "direct") root = (await place(request, message, root)) ?? root;
    } catch (error) {
      // Somebody deleted the first message: the next round tells the whole story under a new one.
      if (slackErrorCode(error) === "thread_not_found")
        await poster.forgetThread(request.id, root?.channel ?? request.channel);
      throw error;
    }
  }

  /** @throws what Slack's client threw first; all that could be told has been then */
  async function tellAll(request: Request, messages: readonly StoryMessage[]): Promise<void> {
    const [channel] = await Promise.allSettled([tellChannel(request, messages)]);
    // A channel that is gone must not keep the outcome from the one who asked.
    const faults = await tellPeople(request, messages);
    if (channel.status === "rejected") throw channel.reason;
    if (faults.length > 0) throw faults[0];
  }

  async function tell(requestId: string): Promise<void> {
    await database.withSessionLock([STORY_LOCK_SPACE, hash(requestId)], async (locked) => {
      const { rows } = await locked.query<{ wanted: number }>(
        "select wanted from deadbolt.story where request_id = $1 and told < wanted",
        [requestId],
      );
      const wanted = rows[0]?.wanted;
      if (wanted === undefined) return;
      const request = await findRequest(locked, requestId);
      if (request !== undefined) {
        const events = (await audit.list({ requestId })) as unknown as AuditEvent[];
        const messages = options.render(request, events);
        await tellAll(request, messages);
      }
      await locked.query("update deadbolt.story set told = greatest(told, $2) where request_id = $1", [
        requestId,
        wanted,
      ]);
    });
  }

  function failed(requestId: string, error: unknown): void {
    const failures = (notBefore.get(requestId)?.failures ?? 0) + 1;
    const asked = (error as { retryAfter?: unknown }).retryAfter;
    const wait =
      typeof asked === "number" ? asked * 1_000 : Math.min(500 * 2 ** failures, LONGEST_WAIT_MILLISECONDS);
    notBefore.set(requestId, { at: now() + wait, failures });
    const code = slackErrorCode(error);
    if (typeof asked === "number") log.debug({ requestId, wait }, "Slack asked to wait");
    else {
      log.warn({ requestId, slack: code, wait }, "could not tell Slack; trying again");
      options.onFailure?.(code);
    }
  }

  function begin(requestId: string): void {
    const most = first.has(requestId) ? AT_ONCE + FOR_FIRST : AT_ONCE;
    const isHeldUp = !first.has(requestId) && options.isHeldUp?.() === true;
    if (isHeldUp || telling.has(requestId) || telling.size >= most) {
      noticed.add(requestId);
      return;
    }
    if ((notBefore.get(requestId)?.at ?? 0) > now()) return;
    noticed.delete(requestId);
    const work = tell(requestId)
      .then(
        () => void notBefore.delete(requestId),
        (error: unknown) => failed(requestId, error),
      )
      .then(() => new Promise<void>((resolve) => setTimeout(resolve, GATHER_MILLISECONDS)))
      .finally(() => {
        telling.delete(requestId);
        const inOrder = [...noticed].toSorted((one, other) => rank(one) - rank(other));
        for (const next of inOrder) begin(next);
      });
    telling.set(requestId, work);
  }

  const rank = (requestId: string) => (first.has(requestId) ? 0 : 1);

  async function untold(): Promise<string[]> {
    const { rows } = await database.query<{ request_id: string }>(
      "select request_id from deadbolt.story where told < wanted order by wanted limit 100",
    );
    return rows.map((row) => row.request_id);
  }

  async function poll(): Promise<void> {
    try {
      for (const requestId of await untold()) begin(requestId);
    } catch (error) {
      log.warn({ err: error }, "could not look for untold events");
    }
    if (!stopped) timer = setTimeout(() => void poll(), POLL_MILLISECONDS);
  }

  async function beginSoon(requestId: string): Promise<void> {
    soon.add(requestId);
    await sleep(NOTICE_MILLISECONDS);
    await options.lull?.(LULL_MILLISECONDS);
    soon.delete(requestId);
    if (!stopped) begin(requestId);
  }

  return {
    notice(requestId) {
      if (stopped || soon.has(requestId)) return;
      void beginSoon(requestId);
    },
    putFirst(requestId) {
      first.add(requestId);
      for (const oldest of first) {
        if (first.size <= MOST_FIRST) break;
        first.delete(oldest);
      }
    },
    start: () => void poll(),
    async stop(milliseconds) {
      stopped = true;
      clearTimeout(timer);
      const end = now() + milliseconds;
      for (;;) {
        const left = await untold().catch(() => [""]);
        if (left.length === 0 && telling.size === 0) return true;
        if (now() >= end) return false;
        for (const requestId of left) begin(requestId);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

/** A stable 32-bit number for an advisory lock (FNV-1a). */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93);
  return value | 0;
}
