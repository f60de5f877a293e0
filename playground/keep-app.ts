import { setTimeout as sleep } from "node:timers/promises";
import { startAppProcess, type AppProcess } from "./app-process.ts";

/** The app, started again whenever its process ends by itself. */
export interface KeptApp {
  /** Asks it to stop, and lets it stay stopped. */
  stop(): Promise<void>;
}

export interface KeepAppOptions {
  environment: Record<string, string>;
  /** Told of every process that is ready. */
  onUp: (app: AppProcess) => void;
  /** Told in words when a process has ended by itself, and when it does not come up again. */
  onDown: (words: string) => void;
}

/** Between attempts when it does not come up: the database may need a moment to see that its owner is gone. */
const PAUSE_MILLISECONDS = 1_000;
const ATTEMPTS = 5;

/**
 * Starts the app and keeps it running; what its requests were doing goes on after a restart.
 * @throws Error when it does not come up the first time
 */
export async function keepApp({ environment, onUp, onDown }: KeepAppOptions): Promise<KeptApp> {
  const wanted = new AbortController();
  let app = await startAppProcess(environment);
  let returning: Promise<void> | undefined;

  function attend(): void {
    onUp(app);
    app.process.once("exit", (code, signal) => {
      if (wanted.signal.aborted) return;
      onDown(`The app's process has ended (${signal ?? `exit code ${code}`}). Starting it again.`);
      returning = startAgain();
    });
  }

  async function startAgain(): Promise<void> {
    for (let attempt = 1; !wanted.signal.aborted; attempt += 1) {
      try {
        app = await startAppProcess(environment);
        return attend();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        if (attempt === ATTEMPTS) return onDown(`It does not come up again.\n${why}`);
        await sleep(PAUSE_MILLISECONDS);
      }
    }
    return undefined;
  }

  attend();
  return {
    async stop() {
      wanted.abort();
      await returning;
      if (app.process.exitCode === null && app.process.signalCode === null) await app.stop();
    },
  };
}
