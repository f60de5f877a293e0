import { findOperation } from "../../catalogue/registry.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { AuditEvent } from "../../audit/event.ts";
import { mayHaveChanged } from "../../lockout/ended-steps.ts";
import type { Restoration } from "../../playbook/release.ts";
import type { Request } from "../../request/request.ts";
import type { Snapshot } from "../../request/snapshot-store.ts";

/** One lockout in force, with all that was kept of it. */
export interface LockoutToRelease {
  request: Request;
  events: readonly AuditEvent[];
  snapshots: ReadonlyMap<string, Pick<Snapshot, "data" | "takenAt">>;
}

/** What a release gives back, and what it cannot. */
export interface PlannedRelease {
  restores: Restoration[];
  lost: string[];
}

/** Whether one of the lockouts may have done what this step does. */
export function anyRan(lockouts: readonly LockoutToRelease[], id: string | RegExp): boolean {
  return lockouts.some(({ request, events }) =>
    request.plan.steps.some(
      (step) =>
        (typeof id === "string" ? step.id === id : id.test(step.id)) && mayHaveChanged(events, step.id),
    ),
  );
}

/** Steps after which a snapshot no longer shows how it was. */
const SPOILED_BY: Readonly<Record<string, readonly string[]>> = {
  snapshot: ["deactivate", "remove-role"],
  "snapshot-features": ["deactivate"],
  "snapshot-block": ["block"],
};

/**
 * The earliest snapshot of these steps: how it was before the first lockout. Where that one may have changed it and kept
 * nothing, nobody knows: what a later one saw is what the first one left.
 */
export function firstSnapshotOf(lockouts: readonly LockoutToRelease[], stepId: string): unknown {
  for (const { request, events, snapshots } of lockouts) {
    const kept = snapshots.get(stepId)?.data;
    if (kept !== undefined) return kept;
    const spoilers = request.plan.steps.filter(({ id }) => SPOILED_BY[stepId]?.includes(id));
    if (spoilers.some(({ id }) => mayHaveChanged(events, id))) return undefined;
  }
  return undefined;
}

/** What the first lockout that has this step sends with it. */
export function inputOf(
  lockouts: readonly LockoutToRelease[],
  stepId: string,
): Record<string, unknown> | undefined {
  return lockouts
    .map(({ request }) => request.plan.steps.find(({ id }) => id === stepId)?.input)
    .find((input) => input !== undefined);
}

/** One read for a release. @throws VendorError */
export async function readNow(
  execute: Execute,
  operation: string,
  input: Record<string, unknown>,
): Promise<unknown> {
  return execute(findOperation(operation), input, { priority: 1 });
}
