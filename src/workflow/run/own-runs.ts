import type { Logger } from "pino";
import type { AliveLock } from "./alive-lock.ts";

/** The runs that this instance is at, which may be another's by the time that it wakes after it was frozen. */
export interface OwnRuns {
  add(run: string): void;
  /** Asks once more, as a run may have ended before anybody noticed that the lock was lost. */
  remove(run: string): Promise<void>;
}

/** Ends the instance once others have taken over any of its runs: what it believes of all of them is old. */
export function watchOwnRuns({
  alive,
  log,
  onLost,
}: {
  alive: Pick<AliveLock, "isTakenOver" | "onHeldAgain">;
  log: Logger;
  onLost: (error: Error) => void;
}): OwnRuns {
  const own = new Set<string>();
  async function stopIfTakenOver(runs: readonly string[]): Promise<void> {
    try {
      const isTaken = await alive.isTakenOver(runs);
      if (isTaken) onLost(new Error("Another instance has taken over what this one ran."));
    } catch (error) {
      // Each run asks for itself before it writes.
      log.warn({ err: error }, "could not ask whether runs were taken over");
    }
  }
  alive.onHeldAgain(() => void stopIfTakenOver([...own]));
  return {
    add: (run) => void own.add(run),
    async remove(run) {
      await stopIfTakenOver([run]);
      own.delete(run);
    },
  };
}
