import { SocketModeReceiver } from "@slack/bolt";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { atMost } from "../concurrency/timeout.ts";
import { boltLogger } from "../log.ts";
import { isTokenRefused } from "./slack-advice.ts";
import { slackErrorCode } from "./slack-error.ts";
import { createSeldom } from "./seldom.ts";
import { isSocketFrame } from "./socket-frame.ts";

export interface SocketModeOptions {
  appToken: string;
  apiUrl: string;
  log: Logger;
  /** Milliseconds before another try, after so many in a row that failed; for tests that cannot wait. */
  pause?: (failures: number) => number;
}

/** Slack's deliveries over a connection from inside. */
export interface SocketMode {
  receiver: SocketModeReceiver;
  /** Opens the connection and keeps it open; resolves after the first try, however it ended. */
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Why no delivery reaches us now, in words that name the setting; undefined while the connection is open. */
  fault(): string | undefined;
}

const REQUEST_MILLISECONDS = 10_000;
/** From the try to Slack's hello. */
const HELLO_MILLISECONDS = 20_000;
const LONGEST_PAUSE_MILLISECONDS = 30_000;
function usualPause(failures: number): number {
  return Math.min(LONGEST_PAUSE_MILLISECONDS, 500 * 2 ** (failures - 1));
}

type Listener = (...given: unknown[]) => unknown;

/**
 * The library's own listeners reject unheard, which would end the process: a frame that is no envelope, and an answer
 * after the connection is gone. Here they are logged, and frames that are no envelopes are not handed on.
 */
function guardListeners({ client }: SocketModeReceiver, log: Logger): void {
  const seldom = createSeldom(Date.now);
  for (const name of ["ws_message", "slack_event"] as const) {
    const listeners = client.listeners(name) as Listener[];
    client.removeAllListeners(name);
    for (const listener of listeners)
      client.on(name, (...given: unknown[]) => {
        if (name === "ws_message" && !isSocketFrame(given[0])) {
          seldom("frame", (times) => log.warn({ times }, "ignored a Socket Mode frame that is no envelope"));
          return;
        }
        void Promise.resolve()
          .then(() => listener(...given))
          .catch((error: unknown) => log.warn({ err: error }, "a Socket Mode delivery was not answered"));
      });
  }
}

function createReceiver({ appToken, apiUrl, log }: SocketModeOptions): SocketModeReceiver {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: REQUEST_MILLISECONDS,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
  });
  guardListeners(receiver, log);
  return receiver;
}

/** Socket Mode, with connections of our own making: the library gives up, or ends the process, on a refused token. */
export function createSocketMode({
  appToken,
  apiUrl,
  log,
  pause = usualPause,
}: SocketModeOptions): SocketMode {
  const receiver = createReceiver({ appToken, apiUrl, log });
  const { client } = receiver;
  const stopping = new AbortController();
  let fault: string | undefined = "no connection to Slack yet";

  function explain(error: unknown): string {
    // Closed before Slack has said hello, it is rejected with nothing.
    const code = error === undefined ? "closed" : slackErrorCode(error);
    // Waiting may still help: a token can be given back.
    return isTokenRefused(code)
      ? `Slack refuses SLACK_APP_TOKEN (${code}), so no command or button reaches this app. What runs goes on.`
      : `no Socket Mode connection to Slack (${code}), so no command or button reaches this app. Trying again.`;
  }

  /** Resolves once Slack has said hello. @throws what kept it from doing so */
  async function open(): Promise<void> {
    const opened = await atMost(
      HELLO_MILLISECONDS,
      client.start().then(() => true),
    );
    if (opened === true) return;
    await atMost(REQUEST_MILLISECONDS, client.disconnect());
    throw new Error("no hello");
  }

  async function keepOpen(firstTried: () => void): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await open();
        const closed = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
        // Asked to stop while it was being opened.
        if (stopping.signal.aborted) void client.disconnect();
        if (fault !== undefined && failures > 0) log.info("connected to Slack by Socket Mode again");
        [fault, failures] = [undefined, 0];
        firstTried();
        await closed;
        fault = "the Socket Mode connection to Slack is being renewed";
      } catch (error) {
        failures += 1;
        const said = explain(error);
        if (said !== fault) log.error({ failures }, said);
        fault = said;
        firstTried();
        await sleep(pause(failures), undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  let running: Promise<void> | undefined;
  return {
    receiver,
    connect: () =>
      new Promise((resolve) => {
        running = keepOpen(resolve);
      }),
    async disconnect() {
      stopping.abort();
      await atMost(REQUEST_MILLISECONDS, client.disconnect());
      await atMost(REQUEST_MILLISECONDS, running ?? Promise.resolve());
    },
    fault: () => fault,
  };
}
