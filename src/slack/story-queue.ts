import { setTimeout as sleep } from "node:timers/promises";
import type { StoryBackoff } from "./story-backoff.ts";

/** Updates of one message are gathered: Slack takes 50 a minute. */
const GATHER_MILLISECONDS = 400;
const AT_ONCE = 4;
/** Beside these, so many more of those that are told first. */
const FOR_FIRST = 4;
/** How many requests are remembered as those that are told first. */
const MOST_FIRST = 1_000;

/** Which requests' stories are posted now, a few at a time and each by itself. */
export interface StoryQueue {
  /** Tells the request's story now, or when there is room for it. */
  begin(requestId: string): void;
  /** The request's story goes before those of others from now on. */
  putFirst(requestId: string): void;
  isFirst(requestId: string): boolean;
  isIdle(): boolean;
}

/** @param parts isHeldUp: whether all but what goes first has to wait now */
export function createStoryQueue(parts: {
  tell: (requestId: string) => Promise<void>;
  backoff: StoryBackoff;
  isHeldUp: () => boolean;
}): StoryQueue {
  const { tell, backoff, isHeldUp } = parts;
  const telling = new Set<string>();
  const waiting = new Set<string>();
  const first = new Set<string>();
  const rank = (requestId: string) => (first.has(requestId) ? 0 : 1);

  async function work(requestId: string): Promise<void> {
    try {
      await tell(requestId);
      backoff.succeeded(requestId);
    } catch (error) {
      backoff.failed(requestId, error);
    }
    await sleep(GATHER_MILLISECONDS);
    telling.delete(requestId);
    for (const next of [...waiting].toSorted((one, other) => rank(one) - rank(other))) begin(next);
  }

  function begin(requestId: string): void {
    const isFirst = first.has(requestId);
    const most = isFirst ? AT_ONCE + FOR_FIRST : AT_ONCE;
    if ((!isFirst && isHeldUp()) || telling.has(requestId) || telling.size >= most) {
      waiting.add(requestId);
      return;
    }
    if (backoff.isWaiting(requestId)) return;
    waiting.delete(requestId);
    telling.add(requestId);
    void work(requestId);
  }

  return {
    begin,
    putFirst(requestId) {
      first.add(requestId);
      for (const oldest of first) {
        if (first.size <= MOST_FIRST) break;
        first.delete(oldest);
      }
    },
    isFirst: (requestId) => first.has(requestId),
    isIdle: () => telling.size === 0,
  };
}
