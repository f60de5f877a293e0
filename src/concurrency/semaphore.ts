/** Lets so many pieces of work run at once; the others wait in the order of asking. */
export function createPermits(atOnce: number) {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async function withPermit<Result>(work: () => Promise<Result>): Promise<Result> {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
