import { AsyncLocalStorage } from "node:async_hooks";

/** Work that comes by the hundred waits here, and begins a few at a time in the order of asking. */
export interface BulkQueue {
  /** Begins `launch` when it is its turn; a name that waits already is not added again. Never waits, never throws. */
  add(name: string, launch: () => Promise<unknown>): void;
  /** Marks one piece of work as in flight, however it began; to be called back when it is over. */
  enter(): () => void;
  /** Whatever waits is forgotten: it is written down, and asked for again after the next start. */
  stop(): void;
}

export interface BulkQueueOptions {
  /** How many are in flight at once: each of them takes connections and memory, and the vendors let no more through. */
  atOnce: number;
  /** Resolves when nothing urgent is under way. */
  clear(): Promise<void>;
  /** Told what kept a piece of work from beginning. */
  onFault(name: string, error: unknown): void;
}

export function createBulkQueue(options: BulkQueueOptions): BulkQueue {
  // Whatever asks or ends runs within something of its own, which what begins next must not be taken for a part of.
  const outside = AsyncLocalStorage.snapshot();
  const waiting = new Map<string, () => Promise<unknown>>();
  let inFlight = 0;
  let isBeginning = false;

  async function beginAll(): Promise<void> {
    if (isBeginning) return;
    isBeginning = true;
    for (;;) {
      await options.clear();
      const [next] = waiting;
      if (next === undefined || inFlight >= options.atOnce) break;
      const [name, launch] = next;
      waiting.delete(name);
      // One after the other: only what has begun is counted as in flight.
      await launch().catch((error: unknown) => options.onFault(name, error));
    }
    isBeginning = false;
  }

  return {
    add(name, launch) {
      if (waiting.has(name)) return;
      waiting.set(name, launch);
      outside(() => void beginAll());
    },
    enter() {
      inFlight += 1;
      return () => {
        inFlight -= 1;
        outside(() => void beginAll());
      };
    },
    stop: () => waiting.clear(),
  };
}
