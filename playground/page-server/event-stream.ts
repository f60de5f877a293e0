import type { ServerResponse } from "node:http";
import { takeSnapshot, type Sources } from "./snapshot.ts";

/** Changes within this time go out as one snapshot. */
const COALESCE_MILLISECONDS = 40;
/** Not every change is announced: someone at the terminal acts, a session runs out, the app dies. */
const LOOK_MILLISECONDS = 300;
const HEARTBEAT_MILLISECONDS = 15_000;
const RECONNECT_MILLISECONDS = 500;

interface Listener {
  response: ServerResponse;
  me: string;
  /** The snapshot that was sent last, without its number. */
  last: string;
}

/** Brings snapshots to the pages that are open, as server-sent events. */
export interface EventStreams {
  /** Answers with a stream: a whole snapshot at once, then one after every change. */
  open(response: ServerResponse, me: string): Promise<void>;
  /** Something may have changed. */
  touch(): void;
  close(): void;
}

export function createEventStreams(sources: Sources): EventStreams {
  const listeners = new Set<Listener>();
  let revision = 0;
  let pending: NodeJS.Timeout | undefined;

  function send(listener: Listener): void {
    // A page that does not keep up gets the newest state later, instead of every state.
    if (listener.response.writableNeedDrain) return;
    const shown = JSON.stringify(takeSnapshot(sources, listener.me));
    if (shown === listener.last) return;
    listener.last = shown;
    revision += 1;
    listener.response.write(`id: ${revision}\ndata: {"revision":${revision},${shown.slice(1)}\n\n`);
  }

  function sendAll(): void {
    clearTimeout(pending);
    pending = undefined;
    sources.refusals.look();
    for (const listener of listeners) send(listener);
  }

  const look = setInterval(() => {
    if (listeners.size > 0) void sources.pulse.ask().then(sendAll);
  }, LOOK_MILLISECONDS);
  const heartbeat = setInterval(() => {
    for (const { response } of listeners) response.write(": still here\n\n");
  }, HEARTBEAT_MILLISECONDS);
  for (const timer of [look, heartbeat]) timer.unref();

  function touch(): void {
    pending ??= setTimeout(sendAll, COALESCE_MILLISECONDS);
  }

  return {
    async open(response, me) {
      await sources.pulse.ask();
      sources.refusals.look();
      response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        connection: "keep-alive",
        "x-accel-buffering": "no",
      });
      response.write(`retry: ${RECONNECT_MILLISECONDS}\n\n`);
      const listener: Listener = { response, me, last: "" };
      listeners.add(listener);
      response.on("close", () => listeners.delete(listener));
      send(listener);
    },
    touch,
    close() {
      clearInterval(look);
      clearInterval(heartbeat);
      clearTimeout(pending);
      for (const { response } of listeners) response.end();
      listeners.clear();
    },
  };
}
