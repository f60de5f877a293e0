import { DatabaseError } from "pg";

interface Waiter<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** So much is written together at most, so that another transaction that writes the same rows waits little. */
const HEAVIEST_BATCH = 250;

/**
 * Of SQLSTATE: connection lost, resources used up, stopped by an operator or a timeout, the system's own fault. A breach
 * of the protocol is none of these: it is more values than one statement takes.
 */
const TROUBLE = /^(?:08(?!P01)|53|57|58)/;

/**
 * Whether it is what was written that is at fault: the database refused it, or it cannot be put into a statement. Then
 * nothing of it is there, and others may be taken. Anything else (the database is not to be reached, or was lost on the
 * way) meets everyone, and some of it may even have been written.
 */
function isRefusal(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code !== undefined && !TROUBLE.test(error.code);
  return error instanceof TypeError || error instanceof RangeError;
}

/**
 * Writes things one after the other; those that come meanwhile are gathered, and written by one statement in the order
 * in which they came, with one wait for the disk. Where one of them is refused each is tried alone, and gets its own
 * fault, until the database itself fails: waiting for that again and again helps nobody.
 * @param write writes all of them or none; resolves to what became of each, in the same order
 * @param weigh how much one of them counts; 1 by default
 * @returns writes one, resolving when it is committed; rejects with what is wrong with this one
 */
export function createBatched<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
  weigh: (item: Item) => number = () => 1,
): (item: Item) => Promise<Result> {
  const waiters: Waiter<Item, Result>[] = [];
  let isWriting = false;

  /** At least one, however heavy. */
  function nextBatch(): Waiter<Item, Result>[] {
    let weight = 0;
    const tooMany = waiters.findIndex(({ item }, index) => {
      weight += weigh(item);
      return index > 0 && weight > HEAVIEST_BATCH;
    });
    return waiters.splice(0, tooMany === -1 ? waiters.length : tooMany);
  }

  async function writeTogether(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    const results = await write(batch.map(({ item }) => item));
    for (const [index, result] of results.entries()) batch[index]?.resolve(result);
  }

  async function writeOneByOne(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    for (const [index, waiter] of batch.entries())
      try {
        await writeTogether([waiter]);
      } catch (error) {
        if (!isRefusal(error)) {
          for (const { reject } of batch.slice(index)) reject(error);
          return;
        }
        waiter.reject(error);
      }
  }

  async function writeBatch(batch: readonly Waiter<Item, Result>[]): Promise<void> {
    try {
      await writeTogether(batch);
    } catch (error) {
      if (isRefusal(error) && batch.length > 1) await writeOneByOne(batch);
      else for (const { reject } of batch) reject(error);
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    // What comes in this same round of the event loop goes with the first one.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiters.length > 0) await writeBatch(nextBatch());
    isWriting = false;
  }

  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiters.push({ item, resolve, reject });
    if (!isWriting) void writeAll();
    return promise;
  };
}
