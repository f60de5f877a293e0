import type { App } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import type { LockoutDeps } from "../../src/deps/lockout.ts";
import { watchView, WATCH_VIEW } from "./watch-view.ts";

interface Watched {
  viewId: string;
  requestId: string;
}

/** Windows that follow a lockout. They live as long as this process; the thread tells the same for good. */
export interface Watching {
  /** Keeps a window up to date until the lockout has ended, someone closes it, or it was forgotten. */
  watch(client: WebClient, watched: Watched): void;
}

/** As often as a person can see, and far less than Slack takes. */
const EVERY_MILLISECONDS = 700;
/** Whoever forgot the window does not keep it going for ever: ten minutes. */
const ROUNDS = Math.round((10 * 60_000) / EVERY_MILLISECONDS);
const ENDED: ReadonlySet<string> = new Set([
  "done",
  "partly_done",
  "failed",
  "denied",
  "expired",
  "cancelled",
]);

export function createWatching(deps: LockoutDeps): Watching {
  async function follow(client: WebClient, { viewId, requestId }: Watched): Promise<void> {
    let shown = -1;
    for (let round = 0; round < ROUNDS; round += 1) {
      // Doors are being closed at first, and looking on must not keep that up.
      await new Promise((resolve) => setTimeout(resolve, EVERY_MILLISECONDS).unref());
      const followed = await deps.follow(requestId);
      if (followed === undefined) return;
      const { request, events } = followed;
      if (events.length !== shown) {
        shown = events.length;
        await client.views.update({ view_id: viewId, view: watchView(request, events) });
      }
      if (ENDED.has(request.state)) return;
    }
  }
  return {
    watch(client, watched) {
      // Closed, or Slack wants to be left alone: the thread goes on telling.
      follow(client, watched).catch(() => undefined);
    },
  };
}

/** A window that someone closes is followed no more, because Slack refuses its next update. */
export function registerWatchView(app: App): void {
  app.view({ type: "view_closed", callback_id: WATCH_VIEW }, async ({ ack }) => ack());
}
