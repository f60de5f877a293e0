import { findOperation } from "../catalogue/registry.ts";
import { SNAPSHOT_ID, SNAPSHOT_OPERATION } from "../catalogue/snapshot.ts";
import type { PlanStep } from "./playbook.ts";

/** Reads the Zoom user and keeps what it saw. */
export function snapshotStep(zoomUserId: string): PlanStep {
  const { name, title } = findOperation(SNAPSHOT_OPERATION);
  return {
    id: SNAPSHOT_ID,
    title: `${title} and keep a snapshot`,
    operation: name,
    input: { userId: zoomUserId },
    after: [],
    requires: [],
    isSnapshot: true,
  };
}
