import { setTimeout as sleep } from "node:timers/promises";
import { createGathered } from "../../concurrency/coalesce.ts";
import { judgement } from "../../lockout/judge.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import { isBulk } from "../../playbook/priority.ts";
import { findRequest } from "../../request/store.ts";
import { beginOrResume, type BeginContext } from "./begin-run.ts";
import { failRun, finishRun, type EndContext } from "./end-run.ts";
import type { EngineActions } from "./run-request.ts";
import { recordBreakdown } from "./step-breakdown.ts";
import { LULL_MILLISECONDS, runStepInLane, type StepInLaneContext } from "./step-in-lane.ts";

export type RunActionsContext = BeginContext & EndContext & StepInLaneContext;

/** What a run does with the world, each part safe to be done again after a crash. */
export function createRunActions(context: RunActionsContext): EngineActions {
  const { database, lanes, step } = context;

  /** Says what a lockout has come to, as soon as that is known and each time that it changes. */
  const judgeSoon = createGathered(
    async ({ key, plan }: { key: string; plan: Plan }) => {
      const event = judgement(key, plan, await step.events(key), context.now());
      if (event !== undefined) await context.audit(event);
    },
    () => lanes.lull(LULL_MILLISECONDS),
  );

  return {
    async begin(run) {
      const found = await findRequest(database, run.requestId);
      const begin = async () => {
        const confirmedAt = context.now().getTime();
        const plan = await beginOrResume(context, run, found);
        return plan && { ...plan, confirmedAt };
      };
      return isBulk(found?.playbook ?? "") ? lanes.start(begin) : begin();
    },
    async runStep(run, plan) {
      const result = await runStepInLane(context, run, plan).catch((error: unknown) =>
        recordBreakdown(context, run, error),
      );
      if (plan.playbook === lockout.name) await judgeSoon({ key: run.requestId, plan });
      return result;
    },
    pause: (milliseconds) => sleep(milliseconds, undefined, { ref: false }),
    finish: (requestId, summary) => finishRun(context, requestId, summary),
    fault: (run, error) => failRun(context, run, error),
  };
}
