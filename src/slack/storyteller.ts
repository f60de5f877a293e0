import { setTimeout as sleep } from "node:timers/promises";
import type { WebClient } from "@slack/web-api";
import type { Logger } from "pino";
import type { AuditEvent } from "../audit/event.ts";
import type { AuditLog } from "../audit/log.ts";
import type { Database } from "../database/connect.ts";
import type { Request } from "../request/request.ts";
import { findRequest } from "../request/store.ts";
import { createPlacing, type StoryMessage } from "./place-messages.ts";
import { createPoster } from "./post.ts";
import { createPostingPace } from "./posting-pace.ts";
import { createStoryBackoff } from "./story-backoff.ts";
import { createStoryQueue } from "./story-queue.ts";
import { deliverStory, undeliveredStories } from "./undelivered-stories.ts";

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
  /** Resolves when they are closed, or when this many milliseconds are over. */
  lull?(most: number): Promise<void>;
}

/** Tells each request's story in Slack from its events, as often as it takes until all of it stands. */
export interface Storyteller {
  /** A request has a new event. */
  publish(requestId: string): void;
  /** What comes of a request is told before what comes of others, as long as this process lives. */
  putFirst(requestId: string): void;
  /** Begins to tell, also what was left untold by a crash. */
  start(): void;
  /** Tells what is still untold, at most this many milliseconds; false when something is left for the next start. */
  stop(milliseconds: number): Promise<boolean>;
}

/** Other instances' events, and what was left after a failure, are looked for this often. */
const POLL_MILLISECONDS = 1_000;
/** Telling waits so long for more to tell, and then until doors are closed: what closes them goes first. */
const NOTICE_MILLISECONDS = 100;
const LULL_MILLISECONDS = 500;

export function createStoryteller(options: StorytellerOptions): Storyteller {
  const { database, client, audit, log, now } = options;
  const inPace = createPostingPace({ now, sleep: (milliseconds) => sleep(milliseconds) });
  const poster = createPoster(client, database, {
    now: () => new Date(now()),
    inPace: (requestId, channel, post) => inPace(channel, queue.isFirst(requestId), post),
  });
  const backoff = createStoryBackoff(now, log);
  const placeMessages = createPlacing({ client, database, poster, log });
  const queue = createStoryQueue({
    tell: (requestId) =>
      deliverStory(database, requestId, async (locked) => {
        const request = await findRequest(locked, requestId);
        if (request === undefined) return;
        await placeMessages(request, options.render(request, await audit.list({ requestId })));
      }),
    backoff,
    isHeldUp: () => options.isHeldUp?.() === true,
  });
  const soon = new Set<string>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function poll(): Promise<void> {
    try {
      for (const requestId of await undeliveredStories(database, backoff.waiting())) queue.begin(requestId);
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
    if (!stopped) queue.begin(requestId);
  }

  return {
    publish(requestId) {
      if (stopped || soon.has(requestId)) return;
      void beginSoon(requestId);
    },
    putFirst: (requestId) => queue.putFirst(requestId),
    start: () => void poll(),
    async stop(milliseconds) {
      stopped = true;
      clearTimeout(timer);
      const end = now() + milliseconds;
      for (;;) {
        const left = await undeliveredStories(database).catch(() => [""]);
        if (left.length === 0 && queue.isIdle()) return true;
        if (now() >= end) return false;
        for (const requestId of left) queue.begin(requestId);
        await sleep(100);
      }
    },
  };
}
