import { DBOS } from "@dbos-inc/dbos-sdk";
import { DBOSExecutor } from "@dbos-inc/dbos-sdk/internal/dbos-executor";
import type { Logger } from "pino";
import type { Database } from "../../database/connect.ts";
import { isDatabaseTrouble } from "../../database/trouble.ts";
import type { AliveLock } from "./alive-lock.ts";
import { takeOverFromDead } from "./take-over.ts";
import { createBulkQueue, type BulkQueue } from "./bulk-queue.ts";
import { createHeadStarts, type HeadStarts } from "./head-starts.ts";
import { watchOwnRuns, type OwnRuns } from "./own-runs.ts";
import { isLostRun } from "./run-ownership.ts";
import { DATABASE_ATTEMPTS, DATABASE_PAUSE_MILLISECONDS } from "./retry-database.ts";
import type { StartedPlan } from "../start/started-plan.ts";
import { runName, runRequest, type Durable, type EngineActions, type RunOfRequest } from "./run-request.ts";

/**
 * Runs resume only under the same version: it changes when, and only when, a change to the workflow's steps makes
 * old runs unreadable for new code.
 */
const APPLICATION_VERSION = "deadbolt-1";

/** How often runs of instances that died are looked for. */
const TAKEOVER_MILLISECONDS = 2_000;

export interface EngineOptions {
  databaseUrl: string;
  database: Database;
  actions: EngineActions;
  log: Logger;
  /** Resolves when nothing urgent is under way: work that comes by the hundred begins only then. */
  clear(): Promise<void>;
  /** Shows others that this instance is alive; released when it stops. */
  alive: AliveLock;
  /** Others have taken this instance's runs over, so it must stop. */
  onLost: (error: Error) => void;
}

/** How a run starts. */
export interface StartHow {
  /** It comes by the hundred: only so many of these are at work at once, and the others begin later. */
  isBulk?: boolean;
  /**
   * The plan of a run that was begun in the transaction that wrote the request down: its steps are sent at once, and
   * the engine takes its note of it when nothing urgent is under way. Only for whoever wrote it down.
   */
  begun?: StartedPlan;
}

/** The only door to the durable engine. */
export interface Engine {
  /**
   * Starts the run of an approved request; one of the bulk when it is its turn. One that is there already is left
   * alone, unless it broke down: then the request is ended, and says so.
   */
  start(requestId: string, attempt?: number, how?: StartHow): Promise<void>;
  /** Takes no new runs, waits for those in flight, at most this many milliseconds; the rest resume at the next start. */
  stop(milliseconds: number): Promise<{ finished: boolean }>;
}

/** How many runs of the bulk are in flight at once: vendors let no more through, and each delays a lockout. */
const BULK_AT_ONCE = 4;

/** The engine's words for runs that ended without an end of ours. */
const BROKEN = new Set(["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]);

/** Each step by itself, as the engine noted them when a run was not one step. */
const durable: Durable = {
  step: (name, work) =>
    DBOS.runStep(work, {
      name,
      retriesAllowed: true,
      maxAttempts: DATABASE_ATTEMPTS,
      intervalSeconds: DATABASE_PAUSE_MILLISECONDS / 1_000,
      shouldRetry: isDatabaseTrouble,
    }),
};

type Workflow = (requestId: string, attempt?: number, isDirect?: boolean, isBulk?: boolean) => Promise<void>;

/**
 * Starts the engine: migrates its tables, and resumes what this or a dead instance left unfinished.
 * @throws when the database cannot be reached
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { log, actions, alive } = options;
  const { executorId } = alive;
  const queue = createBulkQueue({
    atOnce: BULK_AT_ONCE,
    clear: () => options.clear(),
    onFault: (run, error) => log.error({ run, err: error }, "a run did not start yet"),
  });
  let inFlight = 0;
  async function launch(run: RunOfRequest, isBulk?: boolean): Promise<void> {
    inFlight += 1;
    try {
      await startWorkflow(options, workflow, run, isBulk);
    } finally {
      inFlight -= 1;
    }
  }
  const headStarts = createHeadStarts({ actions, clear: () => options.clear(), launch });
  const ownRuns = watchOwnRuns(options);
  const workflow = registerWorkflow(options, queue, headStarts, ownRuns);
  await launchEngine(options, executorId);
  const takingOver = await keepTakingOver(options, executorId);

  return {
    async start(requestId, attempt = 0, { isBulk, begun } = {}) {
      const run = { requestId, attempt };
      if (isBulk === true) queue.add(runName(run), () => launch(run, isBulk));
      else if (begun === undefined) await launch(run);
      else await headStarts.begin(run, begun);
    },
    async stop(milliseconds) {
      const taken = takingOver.stop();
      queue.stop();
      const begun = performance.now();
      const left = () => Math.max(0, milliseconds - (performance.now() - begun));
      // What is in flight without a note is noted now: only what the engine knows of is waited for.
      await headStarts.noteAll(left());
      await taken;
      await DBOS.shutdown({ workflowCompletionTimeoutMS: left() });
      const finished = performance.now() - begun < milliseconds && inFlight === 0;
      await alive.release();
      return { finished };
    },
  };
}

function registerWorkflow(
  { actions, log }: EngineOptions,
  queue: BulkQueue,
  headStarts: HeadStarts,
  ownRuns: OwnRuns,
): Workflow {
  return DBOS.registerWorkflow(
    async (requestId: string, given?: number, isDirect?: boolean, isBulk?: boolean) => {
      // Runs from before attempts were counted have none, and those from before a run was one step go on as they began.
      const run = { requestId, attempt: given ?? 0 };
      const over = isBulk === true ? queue.enter() : () => undefined;
      ownRuns.add(runName(run));
      try {
        // What the engine keeps is JSON, which has no undefined.
        if (isDirect === true) await durable.step("run", async () => (await headStarts.finish(run)) ?? null);
        else await runRequest(durable, actions, run);
      } catch (error) {
        if (isLostRun(error)) {
          log.warn({ requestId, err: error }, "a run was left to whoever went on with it");
          return;
        }
        log.error({ requestId, err: error }, "a run broke down");
        await durable.step("fault", () => actions.fault(run, error));
      } finally {
        over();
        await ownRuns.remove(runName(run));
      }
    },
    { name: "runRequest", maxRecoveryAttempts: 1_000_000 },
  );
}

async function launchEngine({ databaseUrl, log }: EngineOptions, executorId: string): Promise<void> {
  const engineLog = log.child({ part: "engine" });
  DBOS.setConfig({
    name: "deadbolt",
    systemDatabaseUrl: databaseUrl,
    applicationVersion: APPLICATION_VERSION,
    executorID: executorId,
    runAdminServer: false,
    logger: {
      info: (entry) => engineLog.debug(String(entry)),
      debug: (entry) => engineLog.trace(String(entry)),
      warn: (entry) => engineLog.warn(String(entry)),
      error: (entry) => engineLog.error(String(entry)),
    },
  });
  await DBOS.launch();
}

/** Has the engine run it, unless it does or did already; one that broke down ends its request. */
async function startWorkflow(
  { actions, log }: EngineOptions,
  workflow: Workflow,
  run: RunOfRequest,
  isBulk?: boolean,
): Promise<void> {
  const { requestId, attempt } = run;
  // A request that was put back starts again, and the engine runs nothing twice by one name.
  const begin = DBOS.startWorkflow(workflow, { workflowID: runName(run) });
  const handle = await begin(requestId, attempt, true, isBulk);
  log.debug({ requestId, run: handle.workflowID }, "run started");
  const status = await handle.getStatus();
  // A run that broke down so badly that not even that could be written down must not be forgotten.
  if (status !== null && BROKEN.has(status.status))
    await actions.fault(run, new Error(`the engine says ${status.status}`));
}

/** Resumes the runs of instances that died: at once, and again and again until it is stopped. */
async function keepTakingOver(
  options: EngineOptions,
  executorId: string,
): Promise<{ stop(): Promise<void> }> {
  await takeOver(options, executorId);
  let latest = Promise.resolve();
  const timer = setInterval(() => {
    latest = latest.then(() =>
      takeOver(options, executorId).catch((error: unknown) =>
        options.log.warn({ err: error }, "could not look for unfinished runs"),
      ),
    );
  }, TAKEOVER_MILLISECONDS);
  return {
    async stop() {
      clearInterval(timer);
      await latest;
    },
  };
}

/** Resumes the runs of every instance that is gone. */
function takeOver({ database, log }: EngineOptions, executorId: string): Promise<void> {
  return takeOverFromDead(database, executorId, async (deadId) => {
    const resumed = await DBOSExecutor.globalInstance?.recoverPendingWorkflows([deadId]);
    log.info({ runs: resumed?.length ?? 0 }, "resumed the runs of an instance that is gone");
  });
}
