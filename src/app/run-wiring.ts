import { setTimeout as sleep } from "node:timers/promises";
import type { AuditEvent } from "../audit/event.ts";
import type { Config } from "../config.ts";
import type { Connector } from "../connectors/connector.ts";
import type { Sealer } from "../connectors/sealed-text.ts";
import type { Database, DatabaseClient } from "../database/connect.ts";
import type { PlaybookSettings } from "../playbook/playbook.ts";
import { OPERATOR } from "../audit/event.ts";
import { decisionsOf } from "../request/decision-store.ts";
import type { Request } from "../request/request.ts";
import { sealedInputsOf } from "../request/sealed-input-store.ts";
import { createBatched } from "../database/batched.ts";
import { keepSnapshots, snapshotsOf, type Snapshot } from "../request/snapshot-store.ts";
import type { Target } from "../target/target.ts";
import { changedChoice } from "../workflow/step/changed-choice.ts";
import { checkApprovals, type CheckContext, type StartCheck } from "../workflow/start/check-approvals.ts";
import { quotaFault } from "../workflow/step/quota-fault.ts";
import type { EngineActions } from "../workflow/run/run-request.ts";
import { makePassword } from "./make-password.ts";
import { isJustJudged, isLockoutRetry } from "../workflow/start/skip-recheck.ts";
import type { Lanes } from "../workflow/run/priority-lanes.ts";
import type { Underway } from "../workflow/lockout/prefetched-reads.ts";
import { isFresh } from "../workflow/step/snapshot-step.ts";
import { openInput } from "../workflow/step/sealed-input.ts";
import { isWordSuspended, type RecentChecks } from "../workflow/start/checked-just-now.ts";
import { mayStart, type MayStartContext } from "../workflow/start/may-start.ts";
import { knownOf } from "../workflow/operation/operation-context.ts";
import { createRunActions } from "../workflow/run/run-actions.ts";
import type { HolderContext } from "../workflow/judge/last-holder.ts";
import { openingRefusal } from "../workflow/judge/opening-refusal.ts";
import { releaseFault } from "../workflow/release/still-in-force.ts";
import { suspendPower } from "../workflow/start/suspend-power.ts";

/** What is asked about people, from when Slack is reached on. */
export interface Judging extends CheckContext, Pick<HolderContext, "roleMembers"> {
  /** As `targetGroups`, asked while it is still being found out who the target is. */
  beginTargetGroups(): CheckContext["targetGroups"];
}

export interface RunPartsOptions {
  config: Pick<Config, "ZOOM_PLAN" | "READ_BACK_SECONDS" | "LOCKOUT_WATCH_SECONDS">;
  database: Database;
  audit: (event: AuditEvent, within?: DatabaseClient) => Promise<boolean>;
  events: (requestId: string) => Promise<AuditEvent[]>;
  connector: Connector;
  sealer: Sealer;
  playbookSettings: PlaybookSettings;
  publish: (requestId: string) => void;
  judging: Judging;
  recentChecks: RecentChecks;
  underway: Underway;
  lanes: Lanes;
  /** Whether this instance still holds the lock that shows others that it is alive. */
  isAlive(requestId: string): Promise<boolean>;
}

/** Whether an approved request may start now; what was judged or checked a moment ago is not asked again. */
function createStartCheck({
  database,
  audit,
  publish,
  judging,
  recentChecks,
}: RunPartsOptions): (request: Request) => Promise<boolean> {
  const now = () => judging.now();
  const checkAge = (request: Request, at: Date) =>
    recentChecks.ageOf(request, judging.loadedPolicy().version, at);

  async function check(request: Request): Promise<StartCheck> {
    const { policy } = judging.loadedPolicy();
    const reason =
      (await releaseFault(database, request)) ??
      (await openingRefusal(database, policy, request.plan))?.reason;
    if (reason !== undefined) return { kind: "void", reason };
    const isFresh = checkAge(request, now()) === "fresh";
    return isFresh && !(await isWordSuspended(database, policy, request))
      ? { kind: "start" }
      : checkApprovals(judging, request, await decisionsOf(database, request.id));
  }

  const context: MayStartContext = {
    database,
    audit,
    publish,
    now,
    check,
    checkAge,
    loadedPolicy: () => judging.loadedPolicy(),
  };
  return async (request) =>
    isJustJudged(request, now()) ||
    isLockoutRetry(request) ||
    // Anyone who is at the machine needs nobody's word, and can be asked about nowhere.
    request.requester.id === OPERATOR ||
    mayStart(context, request);
}

/** What a run does with the world, put together from the app's parts. */
export function createRunParts(options: RunPartsOptions): EngineActions {
  const { config, database, audit, connector, sealer, playbookSettings, publish, judging, underway } =
    options;
  const now = () => judging.now();
  const known = (target: Target) => knownOf({ ...playbookSettings, zoomPlan: config.ZOOM_PLAN }, target);
  const keep = createBatched(async (snapshots: readonly Snapshot[]) => {
    await keepSnapshots(database, snapshots);
    return snapshots.map(() => undefined);
  });
  return createRunActions({
    database,
    audit,
    now,
    publish,
    lanes: options.lanes,
    isAlive: (requestId) => options.isAlive(requestId),
    watchMilliseconds: config.LOCKOUT_WATCH_SECONDS * 1_000,
    mayStart: createStartCheck(options),
    loadedPolicy: () => judging.loadedPolicy(),
    suspend: (client, request, at) =>
      suspendPower({ loadedPolicy: () => judging.loadedPolicy() }, client, request, at),
    step: {
      execute: (operation, input, context) => connector.execute(operation, input, context),
      audit,
      known,
      snapshots: {
        keep: (requestId, stepId, vendor, data) => keep({ requestId, stepId, vendor, data, takenAt: now() }),
        find: async (requestId, stepId) =>
          underway.findSnapshot(requestId, stepId) ?? (await snapshotsOf(database, requestId)).get(stepId),
        fresh: async (requestId) =>
          [...(await snapshotsOf(database, requestId))].flatMap(([stepId, snapshot]) =>
            isFresh(snapshot, Date.now()) ? [stepId] : [],
          ),
        prefetched: (requestId, stepId) => underway.find(requestId, stepId),
      },
      inputs: {
        whole: async (requestId, step) =>
          openInput(step, await sealedInputsOf(database, requestId, step.id), sealer),
        makePassword,
      },
      checks: {
        quotaFault: (operation, target) => quotaFault(database, operation, target, now()),
        changedChoice: (operation, input, target) =>
          changedChoice(
            (name, asked, settings) => connector.execute(name, asked, settings),
            operation,
            input,
            known(target),
          ),
      },
      events: (requestId) => options.events(requestId),
      clock: {
        now: Date.now,
        elapsed: () => performance.now(),
        sleep: (milliseconds) => sleep(milliseconds),
      },
      readBackMilliseconds: config.READ_BACK_SECONDS * 1_000,
    },
  });
}
