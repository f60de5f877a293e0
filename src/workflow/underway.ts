/** Reads that were sent while a request was being made, and whose answers its run waits for instead of asking again. */
export interface Underway {
  add(requestId: string, stepId: string, output: Promise<unknown>): void;
  /** The answer that is on its way; undefined where none is, as after a restart. */
  find(requestId: string, stepId: string): Promise<unknown> | undefined;
}

const KEPT_MILLISECONDS = 60_000;

export function createUnderway(): Underway {
  const reads = new Map<string, Map<string, Promise<unknown>>>();
  return {
    add(requestId, stepId, output) {
      const own = reads.get(requestId) ?? new Map<string, Promise<unknown>>();
      reads.set(requestId, own.set(stepId, output));
      const forget = () => {
        own.delete(stepId);
        if (own.size === 0) reads.delete(requestId);
      };
      // The run has surely asked for it by then.
      setTimeout(forget, KEPT_MILLISECONDS).unref();
    },
    find: (requestId, stepId) => reads.get(requestId)?.get(stepId),
  };
}
