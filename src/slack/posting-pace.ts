import type { Waiting } from "../concurrency/patience.ts";
import { PauseError, retryAfterOf } from "./slack-patience.ts";

/** Slack takes about one message a second in a channel, and a few more at once. */
const INTERVAL_MILLISECONDS = 1_000;
const BURST = 4;
/** A channel that Slack has limited is posted to at its pace for so long. */
const PACED_MILLISECONDS = 60_000;
/** A longer pause is left to the storyteller: a message must not keep its place meanwhile. */
const LONGEST_PAUSE_MILLISECONDS = 2_000;

interface Channel {
  limitedAt: number;
  pausedUntil: number;
  tokens: number;
  at: number;
}

/** Posts in a channel as soon as Slack takes it; what goes first is posted before all that waits. */
export type PostInPace = <Posted>(
  channel: string,
  isFirst: boolean,
  post: () => Promise<Posted>,
) => Promise<Posted>;

/**
 * Keeps the pause that Slack asks for in a channel for all messages, and one message a second in reserve for what goes
 * first: a lockout's first word must not wait for forty other messages.
 */
export function createPostingPace({ now, sleep }: Waiting): PostInPace {
  const channels = new Map<string, Channel>();

  function limit(name: string, pause: number): void {
    const at = now();
    channels.set(name, {
      limitedAt: at,
      pausedUntil: at + pause,
      tokens: 0,
      at: at + pause - INTERVAL_MILLISECONDS,
    });
  }

  /** Milliseconds until a message may be posted; 0 takes its place. */
  function wait(channel: Channel, isFirst: boolean): number {
    const at = now();
    if (at < channel.pausedUntil) return channel.pausedUntil - at;
    const passed = Math.max(0, at - channel.at);
    const tokens = Math.min(BURST, channel.tokens + passed / INTERVAL_MILLISECONDS);
    const needed = isFirst ? 1 : 2;
    if (tokens < needed) return Math.ceil((needed - tokens) * INTERVAL_MILLISECONDS);
    channel.tokens = tokens - 1;
    channel.at = at;
    return 0;
  }

  async function turn(name: string, isFirst: boolean): Promise<void> {
    for (;;) {
      const channel = channels.get(name);
      if (channel === undefined) return;
      if (now() - channel.limitedAt > PACED_MILLISECONDS) channels.delete(name);
      const pause = channel.pausedUntil - now();
      if (pause > LONGEST_PAUSE_MILLISECONDS) throw new PauseError(pause, "messages in this channel");
      const milliseconds = wait(channel, isFirst);
      if (milliseconds === 0) return;
      await sleep(milliseconds);
    }
  }

  return async (name, isFirst, post) => {
    for (;;) {
      await turn(name, isFirst);
      try {
        return await post();
      } catch (error) {
        const pause = retryAfterOf(error);
        if (pause === undefined) throw error;
        limit(name, pause);
        if (pause > LONGEST_PAUSE_MILLISECONDS) throw error;
      }
    }
  };
}
