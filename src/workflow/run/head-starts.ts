import { setTimeout as sleep } from "node:timers/promises";
import type { StartedPlan } from "../start/started-plan.ts";
import { withRetries } from "./retry-database.ts";
import { runName, runRequest, type RunActions, type RunOfRequest } from "./run-request.ts";

/** How long a run that has begun waits at most until the engine takes its note of it. */
const NOTE_MILLISECONDS = 2_000;

/** Runs that begin before the engine has taken its note of them, because seconds count. */
export interface HeadStarts {
  /** Begins a run at once; resolves when the engine has its note of it. */
  begin(run: RunOfRequest, plan: StartedPlan): Promise<void>;
  /** Resolves when the run is over: the one that has begun, or a new one where this process has not begun it. */
  finish(run: RunOfRequest): Promise<void>;
  /** The engine takes every note now; waits for that, at most this many milliseconds. */
  noteAll(milliseconds: number): Promise<void>;
}

export interface HeadStartOptions {
  actions: RunActions;
  /** Resolves when nothing urgent is under way. */
  clear: () => Promise<void>;
  /** Has the engine take its note of a run. */
  launch: (run: RunOfRequest) => Promise<void>;
}

export function createHeadStarts({ actions, clear, launch }: HeadStartOptions): HeadStarts {
  const running = new Map<string, Promise<unknown>>();
  const unnoted = new Set<Promise<void>>();
  const stopping = Promise.withResolvers<undefined>();
  return {
    async begin(run, plan) {
      const one = runRequest(withRetries, { ...actions, begin: async () => plan }, run);
      // The engine's run meets its fault, and tries again what can be.
      one.catch(() => undefined);
      running.set(runName(run), one);
      const soon = sleep(NOTE_MILLISECONDS, undefined, { ref: false });
      const noted = Promise.race([clear(), stopping.promise, soon]).then(() => launch(run));
      unnoted.add(noted);
      await noted.finally(() => unnoted.delete(noted));
    },
    async finish(run) {
      const id = runName(run);
      try {
        await (running.get(id) ?? runRequest(withRetries, actions, run));
      } finally {
        running.delete(id);
      }
    },
    async noteAll(milliseconds) {
      stopping.resolve(undefined);
      await Promise.race([Promise.allSettled(unnoted), sleep(milliseconds, undefined, { ref: false })]);
    },
  };
}
