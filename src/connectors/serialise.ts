import { waitUnlessAborted } from "./clock.ts";

/** Does one attempt of a call when no other call of its key is on the wire. */
export type Exclusively = <Value>(attempt: () => Promise<Value>) => Promise<Value>;

export interface CallOrder {
  /** Does not wait for the end of what is not urgent, only for an attempt of it that is on the wire. */
  isUrgent?: boolean;
  /** False: it waits for the attempts of others only, and for no call to end. */
  keepsOrder?: boolean;
  signal?: AbortSignal | undefined;
}

/** Keeps calls with the same key apart; other keys run beside them. */
export interface Serialiser {
  /**
   * Runs `call` when every earlier call of this key that is as urgent has ended, well or badly. What is urgent passes the
   * rest between two attempts: a call that waits to be tried again must not keep a door open.
   * @throws whatever the call throws, or the reason of `signal` when it aborts while waiting
   */
  run<Value>(key: string, call: (inTurn: Exclusively) => Promise<Value>, order?: CallOrder): Promise<Value>;
}

/** The calls of one key. */
interface Line {
  calls: number;
  /** Settled when the last call that came has ended, by whether it is urgent. */
  urgent: Promise<void>;
  ordinary: Promise<void>;
  wire: Wire;
}

export function createSerialiser(): Serialiser {
  const lines = new Map<string, Line>();

  return {
    async run(key, call, { isUrgent = false, keepsOrder = true, signal } = {}) {
      const done = Promise.resolve();
      const line = lines.get(key) ?? { calls: 0, urgent: done, ordinary: done, wire: createWire() };
      lines.set(key, line);
      line.calls += 1;
      const kind = isUrgent ? "urgent" : "ordinary";
      const previous = keepsOrder ? line[kind] : Promise.resolve();
      const ended = Promise.withResolvers<void>();
      // A call that gives up waiting still leaves those behind it waiting for those before it.
      if (keepsOrder) line[kind] = previous.then(() => ended.promise);
      try {
        await waitUnlessAborted(previous, signal);
        return await call((attempt) => line.wire(attempt, isUrgent, signal));
      } finally {
        ended.resolve();
        line.calls -= 1;
        if (line.calls === 0) lines.delete(key);
      }
    },
  };
}

type Wire = <Value>(
  attempt: () => Promise<Value>,
  isUrgent: boolean,
  signal: AbortSignal | undefined,
) => Promise<Value>;

/** One attempt at a time, the urgent ones first. */
function createWire(): Wire {
  const waiting: { isUrgent: boolean; go: () => void }[] = [];
  let isTaken = false;

  function next(): void {
    const urgent = waiting.findIndex(({ isUrgent }) => isUrgent);
    const [first] = waiting.splice(Math.max(0, urgent), 1);
    // It is handed on, so that nobody who comes meanwhile takes it.
    if (first === undefined) isTaken = false;
    else first.go();
  }

  async function take(isUrgent: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (!isTaken) {
      isTaken = true;
      return;
    }
    const turn = Promise.withResolvers<void>();
    const waiter = { isUrgent, go: turn.resolve };
    waiting.push(waiter);
    try {
      await waitUnlessAborted(turn.promise, signal);
    } catch (error) {
      const place = waiting.indexOf(waiter);
      if (place === -1) next();
      else waiting.splice(place, 1);
      throw error;
    }
  }

  return async (attempt, isUrgent, signal) => {
    await take(isUrgent, signal);
    try {
      return await attempt();
    } finally {
      next();
    }
  };
}
