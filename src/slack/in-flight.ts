/** Counts work that has begun, so that a stop can wait until it is finished. */
export interface InHand {
  /** Call at the start of some work; call what it returns at the end. */
  begin(): () => void;
  /** Resolves when nothing is in flight. */
  idle(): Promise<void>;
}

export function createInHand(): InHand {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      count += 1;
      let ended = false;
      return () => {
        if (ended) return;
        ended = true;
        count -= 1;
        if (count > 0) return;
        for (const resolve of waiting) resolve();
        waiting = [];
      };
    },
    idle() {
      return count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
    },
  };
}
