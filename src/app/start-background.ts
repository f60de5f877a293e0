import type { Execute } from "../connectors/connector.ts";
import { repeat } from "../concurrency/repeat.ts";
import { watchLockouts } from "../workflow/lockout/watch-lockouts.ts";
import { lookAfterRequests } from "../workflow/waiting/remind-and-expire.ts";
import type { Ground, Reporting } from "./start-reporting.ts";
import type { Runs } from "./start-runs.ts";

/** How often waiting requests are looked at for what is due: a second is what a person can see. */
const CARE_MILLISECONDS = 1_000;
/** How often it is seen whether a lockout is to be looked at. */
const WATCH_MILLISECONDS = 5_000;
/** How often approved requests without a run are looked for: a crash can fall between the two. */
const UNSTARTED_MILLISECONDS = 5_000;

/** What is done again and again without anybody asking. */
export interface Background {
  /** Resolves when the rounds in progress are over. */
  stop(): Promise<void>;
}

/** Begins to report, to remind and expire, to watch lockouts, and to start what is approved and has no run. */
export async function startBackground(
  { config, log, policyWatch }: Ground,
  { database, audit, events, publish, storyteller }: Reporting,
  { now, connector, pool, startUnstarted }: Runs,
): Promise<Background> {
  storyteller.start();
  const care = repeat(
    "looking after waiting requests",
    CARE_MILLISECONDS,
    () => lookAfterRequests({ database, audit, now, holders: pool.holders }),
    log,
  );
  const watchMilliseconds = config.LOCKOUT_WATCH_SECONDS * 1_000;
  const execute: Execute = (operation, input, context) => connector.execute(operation, input, context);
  const watching = repeat(
    "watching lockouts",
    Math.min(WATCH_MILLISECONDS, watchMilliseconds),
    () => watchLockouts({ database, execute, audit, events, watchMilliseconds, publish, now }),
    log,
  );
  await startUnstarted();
  const unstarted = repeat("looking for approved requests", UNSTARTED_MILLISECONDS, startUnstarted, log);
  return {
    async stop() {
      await Promise.all([care.stop(), unstarted.stop(), watching.stop(), policyWatch.stop()]);
    },
  };
}
