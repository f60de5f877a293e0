import type { Logger } from "pino";

/** Something that is done again and again until it is stopped. */
export interface Repetition {
  /** Resolves when the round in flight is over; there is none after it. */
  stop(): Promise<void>;
}

/** Does `work` every so many milliseconds, never two rounds at once; a failed round is reported and the next comes. */
export function repeat(
  name: string,
  milliseconds: number,
  work: () => Promise<unknown>,
  log: Logger,
): Repetition {
  let round: Promise<void> = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    round = work()
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, `${name} failed; trying again`),
      )
      .finally(() => {
        isBusy = false;
      });
  }, milliseconds);
  return {
    stop: async () => {
      clearInterval(timer);
      await round;
    },
  };
}
