interface Waiter<Item> {
  item: Item;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** So many are written together at most. */
const LARGEST_BATCH = 250;

/**
 * Writes things by one statement that come at the same moment or while others are written, so that they wait for the
 * disk together. Where that fails each is tried alone, and gets its own fault.
 * @param write writes all of them or none
 * @returns writes one, resolving when it is committed
 */
export function createBatched<Item>(
  write: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  const waiters: Waiter<Item>[] = [];
  let isWriting = false;

  async function writeTogether(batch: readonly Waiter<Item>[]): Promise<void> {
    try {
      await write(batch.map(({ item }) => item));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else for (const waiter of batch) await writeTogether([waiter]);
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    // Whoever comes in this same round of the event loop goes with the first one.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (waiters.length > 0) await writeTogether(waiters.splice(0, LARGEST_BATCH));
    isWriting = false;
  }

  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiters.push({ item, resolve, reject });
    if (!isWriting) void writeAll();
    return promise;
  };
}
