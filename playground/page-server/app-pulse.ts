import type { SlackSimulator } from "../slack/server.ts";

const PATIENCE_MILLISECONDS = 2_000;

/** Whether the app's process answers, asked again and again. */
export interface AppPulse {
  isUp(): boolean;
  /** Asks once. */
  ask(): Promise<void>;
}

/** Watches the app where Slack reaches it: its health page over HTTP, or its Socket Mode connection. */
export function createAppPulse(slack: SlackSimulator): AppPulse {
  let isUp = false;
  let asking: Promise<void> | undefined;
  async function ask(): Promise<void> {
    if (slack.requestUrl === undefined) {
      isUp = slack.socketConnections() > 0;
      return;
    }
    try {
      const answer = await fetch(new URL("/healthz", slack.requestUrl), {
        signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      });
      await answer.text();
      isUp = answer.ok;
    } catch {
      isUp = false;
    }
  }
  return {
    isUp: () => isUp,
    ask() {
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
