import { waitUnlessAborted } from "./clock.ts";

/** Does one attempt of a call when no other call of its key is on the wire. */
export type InTurn = <Value>(attempt: () => Promise<Value>) => Promise<Value>;

export interface CallOrder {
  /** Does not wait for the end of what is not urgent, only for an attempt of it that is on the wire. */
  isUrgent?: boolean;
  signal?: AbortSignal | undefined;
}

/** Keeps calls with the same key apart; other keys run beside them. */
export interface Serialiser {
  /**
   * Runs `call` when every earlier call of this key has ended, well or badly. What is urgent waits for no call, only for
   * an attempt that is on the wire, and passes the rest: a call that waits to be tried again must not keep a door open.
   * What was passed like that is not sent any more, as it could open the door that was closed meanwhile.
   * @throws whatever the call throws, or the reason of `signal` when it aborts while waiting. `inTurn` rejects with an
   *   OvertakenError
   */
  run<Value>(key: string, call: (inTurn: InTurn) => Promise<Value>, order?: CallOrder): Promise<Value>;
}

/** Something urgent went first, so this was not sent. */
export class OvertakenError extends Error {
  override readonly name = "OvertakenError";
}

/** The calls of one key. */
interface Line {
  calls: number;
  /** How many urgent calls have come. */
  urgent: number;
  /** Settled when the last call that is not urgent has ended. */
  tail: Promise<void>;
  wire: Wire;
}

export function createSerialiser(): Serialiser {
  const lines = new Map<string, Line>();

  return {
    async run(key, call, { isUrgent = false, signal } = {}) {
      const line = lines.get(key) ?? { calls: 0, urgent: 0, tail: Promise.resolve(), wire: createWire() };
      lines.set(key, line);
      line.calls += 1;
      if (isUrgent) line.urgent += 1;
      const urgentBefore = line.urgent;
      const previous = isUrgent ? undefined : line.tail;
      const ended = Promise.withResolvers<void>();
      // Whoever gives up waiting still leaves those behind it waiting for those before it.
      if (!isUrgent) line.tail = line.tail.then(() => ended.promise);
      const inTurn: InTurn = (attempt) =>
        line.wire(
          async () => {
            if (!isUrgent && line.urgent > urgentBefore)
              throw new OvertakenError("Something urgent went first.");
            return attempt();
          },
          isUrgent,
          signal,
        );
      try {
        if (previous !== undefined) await waitUnlessAborted(previous, signal);
        return await call(inTurn);
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
