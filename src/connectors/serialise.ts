import { waitUnlessAborted } from "./clock.ts";

/** Runs tasks with the same key one after the other, in the order they came; other keys run beside them. */
export interface Serialiser {
  /**
   * Runs `task` when every earlier task of this key has ended, well or badly.
   * @throws whatever the task throws, or the reason of `signal` when it aborts while waiting
   */
  run<Value>(key: string, task: () => Promise<Value>, signal?: AbortSignal): Promise<Value>;
}

export function createSerialiser(): Serialiser {
  const tails = new Map<string, Promise<void>>();

  return {
    async run(key, task, signal) {
      const previous = tails.get(key) ?? Promise.resolve();
      const done = Promise.withResolvers<void>();
      // Whoever gives up waiting still leaves those behind it waiting for those before it.
      const tail = previous.then(() => done.promise);
      tails.set(key, tail);
      void tail.finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
      try {
        await waitUnlessAborted(previous, signal);
        return await task();
      } finally {
        done.resolve();
      }
    },
  };
}
