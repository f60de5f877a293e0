import { randomUUID } from "node:crypto";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { DBOSExecutor } from "@dbos-inc/dbos-sdk/internal/dbos-executor";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { EXECUTOR_LOCK_SPACE } from "../../database/advisory-locks.ts";
import type { Database } from "../../database/connect.ts";
import { holdAliveLock } from "./alive-lock.ts";
import { createBulkLine } from "./bulk-queue.ts";
import type { StartedPlan } from "../start/started-plan.ts";
import { runRequest, type Durable, type EngineActions, type RunOfRequest } from "./run-request.ts";

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
  /** The lock that shows that this instance is alive was lost: others may take its runs over, so it must stop. */
  onLost(error: Error): void;
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
  /** Takes no new runs, waits for those in hand, at most so many milliseconds; the rest resume at the next start. */
  stop(milliseconds: number): Promise<{ finished: boolean }>;
}

/** So many runs of the bulk are at work at once: the vendors let no more through, and whatever is in hand delays a lockout. */
const BULK_AT_ONCE = 4;
/** So long a run that is at work already waits at the most until the engine takes its note of it. */
const NOTE_MILLISECONDS = 2_000;

/** A request that was put back starts again by another name. */
function runName({ requestId, attempt }: RunOfRequest): string {
  return attempt === 0 ? requestId : `${requestId}:${attempt}`;
}

/** The engine's words for runs that ended without an end of ours. */
const BROKEN = new Set(["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]);

/** How often, and after how many milliseconds, what a database that is away kept from being done is tried again. */
const ATTEMPTS = 10;
const AGAIN_MILLISECONDS = 500;

/**
 * All of a run is one step of the engine's: what is done of it stands in the audit trail, so that a resumed run goes on
 * where the one before ended, and nothing is written down twice.
 */
const direct: Durable = {
  async step(_name, work) {
    for (let attempt = 1; ; attempt += 1)
      try {
        return await work();
      } catch (error) {
        if (attempt >= ATTEMPTS || !isDatabaseTrouble(error)) throw error;
        await sleep(AGAIN_MILLISECONDS * attempt);
      }
  },
};

/** Each step by itself, as the engine noted them when a run was not one step. */
const durable: Durable = {
  step: (name, work) =>
    DBOS.runStep(work, {
      name,
      retriesAllowed: true,
      maxAttempts: ATTEMPTS,
      intervalSeconds: AGAIN_MILLISECONDS / 1_000,
      shouldRetry: isDatabaseTrouble,
    }),
};

/** Faults that go away: a connection lost, a server that restarts. */
function isDatabaseTrouble(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== "string")
    return error instanceof Error && /connection|timeout exceeded/i.test(error.message);
  return /^(08|53|57|40)/.test(code) || code.startsWith("ECONN") || code === "EPIPE";
}

/**
 * Starts the engine: migrates its tables, and resumes what this or a dead instance left unfinished.
 * @throws when the database cannot be reached
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { log, actions } = options;
  const executorId = randomUUID();
  const alive = await holdAliveLock(options, executorId);
  const line = createBulkLine({
    atOnce: BULK_AT_ONCE,
    clear: () => options.clear(),
    onFault: (run, error) => log.error({ run, err: error }, "a run did not start yet"),
  });
  /** Runs that are at work already while the engine takes its note of them. */
  const ahead = new Map<string, Promise<unknown>>();
  async function runAtOnce(run: RunOfRequest): Promise<null> {
    const id = runName(run);
    try {
      await (ahead.get(id) ?? runRequest(direct, actions, run));
    } finally {
      ahead.delete(id);
    }
    return null;
  }
  const workflow = DBOS.registerWorkflow(
    async (requestId: string, given?: number, isDirect?: boolean, isBulk?: boolean) => {
      // Runs from before tries were counted have none, and those from before a run was one step go on as they began.
      const attempt = given ?? 0;
      const over = isBulk === true ? line.enter() : () => undefined;
      try {
        const run = { requestId, attempt };
        if (isDirect === true) await durable.step("run", () => runAtOnce(run));
        else await runRequest(durable, actions, run);
      } catch (error) {
        log.error({ requestId, err: error }, "a run broke down");
        await durable.step("fault", () => actions.fault({ requestId, attempt }, error));
      } finally {
        over();
      }
    },
    { name: "runRequest", maxRecoveryAttempts: 1_000_000 },
  );
  const engineLog = log.child({ part: "engine" });
  DBOS.setConfig({
    name: "deadbolt",
    systemDatabaseUrl: options.databaseUrl,
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

  let takingOver: Promise<void> = takeOver(options, executorId);
  await takingOver;
  const timer = setInterval(() => {
    takingOver = takingOver.then(() =>
      takeOver(options, executorId).catch((error: unknown) =>
        log.warn({ err: error }, "could not look for unfinished runs"),
      ),
    );
  }, TAKEOVER_MILLISECONDS);

  let inHand = 0;
  const stopping = Promise.withResolvers<undefined>();
  /** Starts of runs that are at work already and of which the engine has not taken its note. */
  const unnoted = new Set<Promise<void>>();
  async function launch(run: RunOfRequest, isBulk?: boolean): Promise<void> {
    const { requestId, attempt } = run;
    inHand += 1;
    try {
      const handle = await DBOS.startWorkflow(workflow, {
        // A request that was put back starts again, and the engine runs nothing twice by one name.
        workflowID: runName(run),
      })(requestId, attempt, true, isBulk);
      log.debug({ requestId, run: handle.workflowID }, "run started");
      const status = await handle.getStatus();
      // A run that broke down so badly that not even that could be written down must not be forgotten.
      if (status !== null && BROKEN.has(status.status))
        await actions.fault(run, new Error(`the engine says ${status.status}`));
    } finally {
      inHand -= 1;
    }
  }
  return {
    async start(requestId, attempt = 0, { isBulk, begun } = {}) {
      const run = { requestId, attempt };
      if (isBulk === true) {
        line.add(runName(run), () => launch(run, isBulk));
        return;
      }
      if (begun !== undefined) {
        const running = runRequest(direct, { ...actions, begin: async () => begun }, run);
        // The engine's run meets its fault, and tries again what can be.
        running.catch(() => undefined);
        ahead.set(runName(run), running);
        const noted = Promise.race([
          options.clear(),
          stopping.promise,
          sleep(NOTE_MILLISECONDS, undefined, { ref: false }),
        ]).then(() => launch(run));
        unnoted.add(noted);
        await noted.finally(() => unnoted.delete(noted));
        return;
      }
      await launch(run);
    },
    async stop(milliseconds) {
      clearInterval(timer);
      line.stop();
      const begun = performance.now();
      const left = () => Math.max(0, milliseconds - (performance.now() - begun));
      // What is at work without a note is noted now: only what the engine knows of is waited for.
      stopping.resolve(undefined);
      await Promise.race([Promise.allSettled(unnoted), sleep(left(), undefined, { ref: false })]);
      await takingOver;
      await DBOS.shutdown({ workflowCompletionTimeoutMS: left() });
      const finished = performance.now() - begun < milliseconds && inHand === 0;
      await alive.release();
      return { finished };
    },
  };
}

/** Resumes the runs of every instance whose lock is free, which means that it is gone. */
async function takeOver(options: EngineOptions, executorId: string): Promise<void> {
  const { rows } = await options.database.query<{ executor_id: string }>(
    "select distinct executor_id from dbos.workflow_status where status = 'PENDING' and executor_id <> $1",
    [executorId],
  );
  for (const row of rows) {
    await options.database.transaction(async (client) => {
      const lock = await client.query<{ free: boolean }>(
        "select pg_try_advisory_xact_lock($1, hashtext($2)) as free",
        [EXECUTOR_LOCK_SPACE, row.executor_id],
      );
      if (lock.rows[0]?.free !== true) return;
      const resumed = await DBOSExecutor.globalInstance?.recoverPendingWorkflows([row.executor_id]);
      options.log.info({ runs: resumed?.length ?? 0 }, "resumed the runs of an instance that is gone");
    });
  }
}
