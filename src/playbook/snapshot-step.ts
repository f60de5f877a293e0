import { findOperation } from "../catalogue/registry.ts";
import { SNAPSHOT_ID, SNAPSHOT_OPERATION } from "../catalogue/snapshot.ts";
import type { PlanStep } from "./playbook.ts";

/** What the playbooks of the program call it. */
export const SNAPSHOT_TITLE = "Read the Zoom user and keep a snapshot";

/** Reads the Zoom user and keeps what it saw. */
export function snapshotStep(zoomUserId: string, title?: string): PlanStep {
  const operation = findOperation(SNAPSHOT_OPERATION);
  return {
    id: SNAPSHOT_ID,
    title: title ?? `${operation.title} and keep a snapshot`,
    operation: operation.name,
    input: { userId: zoomUserId },
    after: [],
    requires: [],
    isSnapshot: true,
  };
}
