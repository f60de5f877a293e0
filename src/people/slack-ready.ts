import type { People } from "./people.ts";
import { atMost } from "../concurrency/timeout.ts";
import { DirectoryError, type Directory } from "../slack/directory.ts";

/** What there is once Slack was reached. */
export interface Reached {
  /** Asked afresh every time. */
  people: People;
  /** The same for lockouts, which wait longer before they say no. */
  urgent: People;
  /** Remembered for a minute: never to decide by. */
  remembered: { directory: Directory; people: People };
}

/** What was approved may be resumed before Slack was reached, and people are asked about then as well. */
export interface Reach {
  reached(): Reached | undefined;
  /** @throws DirectoryError when Slack is not reached in a few seconds */
  soon(): Promise<Reached>;
  done(reached: Reached): void;
}

const PATIENCE_MILLISECONDS = 10_000;

export function createReach(): Reach {
  const waiting = Promise.withResolvers<Reached>();
  let known: Reached | undefined;
  return {
    reached: () => known,
    async soon() {
      const reached = known ?? (await atMost(PATIENCE_MILLISECONDS, waiting.promise));
      if (reached === undefined) throw new DirectoryError("auth.test", "no answer yet");
      return reached;
    },
    done(reached) {
      known = reached;
      waiting.resolve(reached);
    },
  };
}
