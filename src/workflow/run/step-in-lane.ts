import { findOperation } from "../../catalogue/registry.ts";
import { SNAPSHOT_ID } from "../../catalogue/snapshot.ts";
import type { Plan } from "../../plan/plan.ts";
import { isBulk, isUrgent, priorityOf } from "../../playbook/priority.ts";
import type { StepResult } from "../events/step-result.ts";
import { guardRelease } from "../release/guard-release.ts";
import { runStep } from "../step/run-step.ts";
import type { StepContext, StepRun } from "../step/step-context.ts";
import { expectDue, whileDue, type DueContext } from "./check-still-allowed.ts";
import { takeBack } from "./take-back.ts";
import { createOwnership } from "./run-ownership.ts";
import type { Lanes } from "./priority-lanes.ts";

/** Added to the priority of a read that proves; less than what lies between two priorities. */
const PROOF_LATER = 0.5;
/** How long what can wait waits at most while doors are being closed: what closes them goes first. */
export const LULL_MILLISECONDS = 250;
/** And how long the first look whether something took hold, which finds more when the vendor had a moment. */
const PROOF_MILLISECONDS = 800;

export interface StepInLaneContext extends DueContext {
  step: StepContext;
  lanes: Lanes;
  /** Whether this instance still holds the lock that shows others that it is alive. */
  isAlive(requestId: string): Promise<boolean>;
}

/** Runs one step in its lane: what closes doors goes first, and bulk work waits. */
export async function runStepInLane(
  context: StepInLaneContext,
  run: StepRun,
  plan: Plan,
): Promise<StepResult> {
  const { database, lanes } = context;
  const isBulkWork = isBulk(plan.playbook);
  const isFirstWave = isUrgent(plan.playbook) && run.step.delaySeconds === undefined;
  const state = { isAnswered: false };
  const step = inLane(context, { run, plan, isFirstWave, state });
  const over = isFirstWave ? lanes.urgent() : () => undefined;
  const guard = guardRelease({ database, step }, { ...run, plan });
  const result = await runStep(step, {
    ...run,
    stillSo: guard?.stillSo,
    takeBack: () => takeBack({ database, step }, run, plan),
    async ready() {
      const before = await run.ready();
      if (isBulkWork) await lanes.clear();
      // Its time is still to come: what closes doors now goes first.
      else if (run.step.delaySeconds !== undefined) await lanes.lull(LULL_MILLISECONDS);
      return before;
    },
    onAnswered(at) {
      state.isAnswered = true;
      over();
      // What comes after a step of a release looks at what is there, so it waits for the proof.
      if (guard === undefined) run.onAnswered(at);
    },
  }).finally(over);
  await guard?.ended();
  return result;
}

interface InLane {
  run: StepRun;
  plan: Plan;
  isFirstWave: boolean;
  state: { isAnswered: boolean };
}

/** What the step reaches, with its calls and its events put behind what is more urgent. */
function inLane(context: StepInLaneContext, { run, plan, isFirstWave, state }: InLane): StepContext {
  const { step, lanes } = context;
  const priority = priorityOf(plan.playbook);
  const isBulkWork = isBulk(plan.playbook);
  // Where nothing can be read back, the answer is all that a restart has to go by.
  const isReadable = findOperation(run.step.operation).readBack !== undefined;
  const ownership = createOwnership({ ...context, clock: step.clock }, run);
  // The read that shows whose id it is takes back what was sent.
  const isStopped = () => run.stop?.isWrongPerson === true && run.step.id !== SNAPSHOT_ID;
  let hasLooked = false;
  return {
    ...step,
    async audit(event) {
      // When it was is in it. Where nothing was answered, others wait for how it ended.
      const canWait =
        (event.type === "step.answered" && isReadable) ||
        (event.type === "step.finished" && state.isAnswered);
      if (isFirstWave && canWait) await lanes.lull(LULL_MILLISECONDS);
      return step.audit(event);
    },
    async execute(operation, input, settings) {
      if (isBulkWork) await lanes.clear();
      const call = { requestId: run.requestId, plan, operation, input: input as Record<string, unknown> };
      await expectDue(context, call);
      // Where a vendor limits rates, what closes a door goes before what proves that another one is closed.
      const isProof = state.isAnswered && operation.risk === "read";
      if (isProof && isFirstWave && !hasLooked) {
        hasLooked = true;
        await lanes.lull(PROOF_MILLISECONDS);
      }
      return step.execute(operation, input, {
        priority: isProof ? priority + PROOF_LATER : priority,
        ...whileDue(context, call, ownership, isStopped),
        ...settings,
      });
    },
  };
}
