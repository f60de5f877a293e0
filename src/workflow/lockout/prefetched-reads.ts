import type { TakenSnapshot } from "../step/step-context.ts";

/**
 * What was seen or asked while a request was being made, so that its run neither asks nor looks for it again: reads that
 * were sent and not yet answered, and snapshots that were written down with the request.
 */
export interface Underway {
  add(requestId: string, stepId: string, output: Promise<unknown>): void;
  addSnapshot(requestId: string, stepId: string, snapshot: TakenSnapshot): void;
  /** The answer that is on its way; undefined where none is, as after a restart. */
  find(requestId: string, stepId: string): Promise<unknown> | undefined;
  findSnapshot(requestId: string, stepId: string): TakenSnapshot | undefined;
}

const KEPT_MILLISECONDS = 60_000;

/** Values that are forgotten when a run has surely asked for them. */
function createMemory<Value>() {
  const values = new Map<string, Map<string, Value>>();
  return {
    add(requestId: string, stepId: string, value: Value): void {
      const own = values.get(requestId) ?? new Map<string, Value>();
      values.set(requestId, own.set(stepId, value));
      const forget = () => {
        own.delete(stepId);
        if (own.size === 0) values.delete(requestId);
      };
      setTimeout(forget, KEPT_MILLISECONDS).unref();
    },
    find: (requestId: string, stepId: string): Value | undefined => values.get(requestId)?.get(stepId),
  };
}

export function createUnderway(): Underway {
  const reads = createMemory<Promise<unknown>>();
  const snapshots = createMemory<TakenSnapshot>();
  return {
    add: (requestId, stepId, output) => reads.add(requestId, stepId, output),
    addSnapshot: (requestId, stepId, snapshot) => snapshots.add(requestId, stepId, snapshot),
    find: (requestId, stepId) => reads.find(requestId, stepId),
    findSnapshot: (requestId, stepId) => snapshots.find(requestId, stepId),
  };
}
