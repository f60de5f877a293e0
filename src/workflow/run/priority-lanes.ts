import { setTimeout as sleep } from "node:timers/promises";
import { createPermits } from "../../concurrency/semaphore.ts";

/** How long one lockout holds bulk work up at the most: a vendor that hangs must not stop everything else. */
const LONGEST_MILLISECONDS = 5_000;
/** How many requests of the bulk are looked at for their start at once. */
const STARTS_AT_ONCE = 8;

/** Keeps work that comes by the hundred out of the way of lockouts, on a machine that both of them share. */
export interface Lanes {
  /** Something urgent begins; to be called back when it is over. */
  urgent(): () => void;
  /** Whether something urgent is under way. */
  isBusy(): boolean;
  /** Resolves when nothing urgent is under way. */
  clear(): Promise<void>;
  /** The same, or when this many milliseconds are over: for what can wait a little, and not for long. */
  lull(most: number): Promise<void>;
  /** Does one start of the bulk when nothing urgent is under way, and few others start. */
  start<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createLanes(longestMilliseconds = LONGEST_MILLISECONDS): Lanes {
  const underWay = new Set<symbol>();
  let waiting: (() => void)[] = [];
  const withPermit = createPermits(STARTS_AT_ONCE);

  function over(one: symbol): void {
    underWay.delete(one);
    if (underWay.size > 0) return;
    const all = waiting;
    waiting = [];
    for (const go of all) go();
  }

  async function clear(): Promise<void> {
    while (underWay.size > 0) await new Promise<void>((resolve) => waiting.push(resolve));
  }

  return {
    urgent() {
      const one = Symbol("urgent");
      underWay.add(one);
      const late = setTimeout(() => over(one), longestMilliseconds);
      late.unref();
      return () => {
        clearTimeout(late);
        over(one);
      };
    },
    isBusy: () => underWay.size > 0,
    clear,
    lull: (most) => Promise.race([clear(), sleep(most, undefined, { ref: false })]),
    start: (work) =>
      withPermit(async () => {
        await clear();
        return work();
      }),
  };
}
