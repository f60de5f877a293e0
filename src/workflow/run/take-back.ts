import { findOperation } from "../../catalogue/registry.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { Database } from "../../database/connect.ts";
import type { Plan } from "../../plan/plan.ts";
import { lockout } from "../../playbook/lockout.ts";
import type { Restoration } from "../../playbook/release.ts";
import { findRequest } from "../../request/store.ts";
import { snapshotsOf } from "../../request/snapshot-store.ts";
import { factsOf } from "../events/outcome-facts.ts";
import type { StepResult } from "../events/step-result.ts";
import { anyRan } from "../release/lockout-to-release.ts";
import { zoomRestores } from "../release/plan-zoom.ts";
import { sendCall } from "../step/send-step.ts";
import type { StepContext, StepRun } from "../step/step-context.ts";

/** What a lockout does at Zoom that can be taken back, by the ids of its steps. */
export const TAKEN_BACK: readonly string[] = ["remove-role", "deactivate"];

/**
 * Takes back what was sent to Zoom before the read of the id showed that it is someone else's, as a release would.
 * @returns what became of it; undefined where nothing was sent
 */
export async function takeBack(
  { database, step }: { database: Database; step: StepContext },
  run: StepRun,
  { playbook, steps }: Plan,
): Promise<Pick<StepResult, "sentence" | "facts"> | undefined> {
  if (playbook !== lockout.name) return undefined;
  // In a run that was resumed they wait for this read.
  if (run.isOvertaken()) await run.answered(TAKEN_BACK.filter((one) => steps.some(({ id }) => id === one)));
  const { requestId } = run;
  const [request, events, snapshots] = await Promise.all([
    findRequest(database, requestId),
    step.events(requestId),
    snapshotsOf(database, requestId),
  ]);
  const lockouts = request === undefined ? [] : [{ request, events, snapshots }];
  if (!TAKEN_BACK.some((id) => anyRan(lockouts, id))) return undefined;
  try {
    const { restores } = await zoomRestores(step.execute, lockouts);
    const ended: Ended[] = [];
    for (const restore of restores.filter(({ isSnapshot }) => isSnapshot !== true))
      ended.push({ title: restore.title, result: await send(step, restore) });
    return { sentence: sentenceOf(ended), facts: {} };
  } catch (error) {
    if (!isVendorError(error)) throw error;
    return { sentence: `${CHANGED} It could NOT be undone: do it by hand.`, facts: factsOf(error) };
  }
}

const CHANGED = "That user was changed before this was known.";

interface Ended {
  title: string;
  result: StepResult;
}

async function send(step: StepContext, restore: Restoration): Promise<StepResult> {
  return sendCall(step, {
    step: { ...restore, requires: [] },
    operation: findOperation(restore.operation),
    input: restore.input,
    isFirstRun: true,
    isRepeatable: true,
    answered: async () => undefined,
  });
}

function sentenceOf(ended: readonly Ended[]): string {
  const titles = (those: readonly Ended[]) => those.map(({ title }) => title).join(", ");
  const failed = ended.filter(({ result: { outcome } }) => outcome !== "verified" && outcome !== "accepted");
  if (failed.length > 0) return `${CHANGED} NOT undone, do it by hand: ${titles(failed)}.`;
  return ended.length === 0
    ? `${CHANGED} Zoom shows nothing that is left to undo.`
    : `${CHANGED} Undone: ${titles(ended)}.`;
}
