import { runProgress } from "../../request/run-progress.ts";
import type { Database } from "../../database/connect.ts";
import { stepFinishedId } from "../events/run-events.ts";
import type { StepRun } from "../step/step-context.ts";

/**
 * How long, in milliseconds, a process counts a run as its own without asking. A process that was frozen and wakes up
 * knows nothing of what others did meanwhile; the time that passed shows that.
 */
const CONFIRMED_MILLISECONDS = 2_000;

/** The run is another process's by now, or it is over: this one must neither send nor write anything more of it. */
class LostRunError extends Error {
  override readonly name = "LostRunError";
}

/** Recognised by name: an error that the durable engine replays is a plain one. */
export function isLostRun(error: unknown): boolean {
  return error instanceof Error && error.name === "LostRunError";
}

/** What a run asks right before each write. */
export interface RunOwnership {
  /**
   * Whether the lockout that the write belongs to was released since.
   * @throws LostRunError when the run, or this step of it, is not this process's to go on with
   */
  confirm(): Promise<{ isReleased: boolean }>;
}

export interface OwnershipContext {
  database: Database;
  /** Whether this instance still holds the lock that shows others that it is alive. */
  isAlive: (requestId: string) => Promise<boolean>;
  clock: { now(): number };
}

export function createOwnership(
  { database, isAlive, clock }: OwnershipContext,
  { requestId, round, step, confirmedAt }: Pick<StepRun, "requestId" | "round" | "step" | "confirmedAt">,
): RunOwnership {
  let confirmed = confirmedAt ?? Number.NEGATIVE_INFINITY;
  return {
    async confirm() {
      const asked = clock.now();
      // A clock that was set back tells nothing either.
      if (asked >= confirmed && asked - confirmed < CONFIRMED_MILLISECONDS) return { isReleased: false };
      const [isOurs, progress] = await Promise.all([
        isAlive(requestId),
        runProgress(database, { requestId, round, endedId: stepFinishedId(requestId, round, step.id) }),
      ]);
      if (!isOurs) throw new LostRunError("This instance lost its lock, so others may run its requests.");
      if (!progress.isRunning || progress.isStepEnded)
        throw new LostRunError(`Request ${requestId} went on without this process.`);
      confirmed = asked;
      return { isReleased: progress.isReleased };
    },
  };
}
