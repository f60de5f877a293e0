import type { Keyv } from "keyv";
import { atMost } from "../concurrency/timeout.ts";

/** How long a delivery is remembered: Slack's signature is good for 5 minutes, its last retry comes after 5 more. */
const REMEMBERED_MILLISECONDS = 15 * 60 * 1_000;

/** How long the shared store may take. */
const STORE_MILLISECONDS = 250;

/**
 * Remembers deliveries so that a repeated one is not handled again. This only spares work and noise: what must
 * not happen twice is also guarded where it is written down.
 */
export interface Deliveries {
  /** Whether this key is seen for the first time; asking makes it seen. */
  isFirst(key: string): Promise<boolean>;
}

/** @param store shared between instances; without one, or while it cannot be reached, this instance's own memory does */
export function createDeliveries(store: Keyv | undefined, now: () => number): Deliveries {
  const seen = new Map<string, number>();
  function forgetOld(): void {
    const oldest = now() - REMEMBERED_MILLISECONDS;
    for (const [key, at] of seen) {
      if (at > oldest) return;
      seen.delete(key);
    }
  }
  return {
    async isFirst(key) {
      forgetOld();
      if (seen.has(key)) return false;
      // Before any await: two copies that arrive together must not both be first.
      seen.set(key, now());
      if (store === undefined) return true;
      // The store spares work; one that hangs must not cost the acknowledgement.
      if ((await atMost(STORE_MILLISECONDS, store.get<boolean>(key))) === true) return false;
      // Nothing is gained by waiting: two instances that ask at the same moment both see nothing either way.
      atMost(STORE_MILLISECONDS, store.set(key, true, REMEMBERED_MILLISECONDS)).catch(() => undefined);
      return true;
    },
  };
}
