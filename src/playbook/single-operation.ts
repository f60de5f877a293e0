import type { Operation } from "../catalogue/operation.ts";
import { needsSnapshot, SNAPSHOT_ID } from "../catalogue/snapshot.ts";
import type { Target } from "../target/target.ts";
import type { PlannedChange, PlanStep } from "./playbook.ts";
import { snapshotStep } from "./snapshot-step.ts";

/** One call of the catalogue as someone asked for it, its input whole. */
export interface SingleCall {
  operation: Operation;
  input: Record<string, unknown>;
  changes: PlannedChange[];
  /** Paths of the input at which placeholders stand. */
  kept: string[];
}

/**
 * The steps of a request for a single operation, whose playbook goes by the operation's name. Where it is about a Zoom
 * user, the user is read first: the snapshot serves an undo, and shows that the id is still the approved person's.
 */
export function singleOperationSteps(call: SingleCall, target: Target): PlanStep[] {
  const { operation, input, changes, kept } = call;
  const { zoomUserId } = target;
  const hasSnapshot = needsSnapshot(operation) && zoomUserId !== undefined;
  const before = hasSnapshot ? [SNAPSHOT_ID] : [];
  const step: PlanStep = {
    id: "change",
    title: operation.title,
    operation: operation.name,
    input,
    after: before,
    requires: operation.risk === "irreversible" ? before : [],
    ...(changes.length === 0 ? {} : { changes }),
    ...(kept.length === 0 ? {} : { kept }),
  };
  return hasSnapshot ? [snapshotStep(zoomUserId), step] : [step];
}
