import { findOperation } from "../../catalogue/registry.ts";
import type { AuditEvent } from "../../audit/event.ts";
import type { Execute } from "../../connectors/connector.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { Restoration } from "../../playbook/release.ts";
import { zoomRoleOf } from "../../target/zoom-role.ts";
import {
  anyRan,
  firstSnapshotOf,
  readNow,
  type LockoutToRelease,
  type PlannedRelease,
} from "./lockout-to-release.ts";
import { written } from "./values.ts";
import { featureTitle, PLAIN_MEMBER, type ZoomUserSeen, licenceName } from "./zoom-values.ts";

/**
 * What is given back at Zoom.
 * @throws VendorError when Zoom cannot be asked how it is now
 */
export async function zoomRestores(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const target = lockouts[0]?.request.plan.target;
  const userId = target?.zoomUserId;
  const lost: string[] = [];
  if (userId === undefined) return { restores: [], lost };
  if (anyRan(lockouts, "revoke-sso-token")) lost.push("Zoom sessions: they sign in again.");
  if (anyRan(lockouts, "reset-password"))
    lost.push("The old Zoom password: they set a new one by “Forgot password”.");
  if (anyRan(lockouts, "end-meetings")) {
    const ended = firstSnapshotOf(lockouts, "end-meetings") as { listed?: unknown[] } | undefined;
    if ((ended?.listed ?? []).length > 0)
      lost.push("Zoom meetings that were ended: their host starts them again.");
  }
  const then = firstSnapshotOf(lockouts, "snapshot") as ZoomUserSeen | undefined;
  let now: ZoomUserSeen;
  try {
    now = (await readNow(execute, "zoom.user.get", { userId })) as ZoomUserSeen;
  } catch (error) {
    if (!isVendorError(error) || error.facts.kind !== "not_found") throw error;
    lost.push("The Zoom user: Zoom knows them no more. Nothing is given back there.");
    return { restores: [], lost };
  }
  if (then === undefined) {
    if (anyRan(lockouts, "deactivate"))
      lost.push("Zoom licence, features and role: what they were was not kept. Set them by hand.");
  }
  const restores: Restoration[] = [];
  const add = (one: Omit<Restoration, "after">) =>
    // Zoom takes one change of a user at a time, and gives nothing to someone who is inactive.
    restores.push({ ...one, after: ["snapshot", ...restores.map(({ id }) => id)] });
  const isInactive = now.status === "inactive" && (then?.status ?? "active") === "active";
  if (isInactive && lockouts.some(({ events }) => wasDeactivatedSince(events))) {
    lost.push(
      "Zoom sign-in, licences, features and role: somebody activated the user after the lockout and deactivated them again, and not by a request here. Give them back by hand if that is right.",
    );
    return { restores: [], lost };
  }
  if (anyRan(lockouts, "deactivate") && isInactive)
    add({
      id: "activate",
      title: "Activate the Zoom user",
      operation: "zoom.user.updateStatus",
      input: { userId, action: "activate" },
      changes: [{ title: "Status", before: "inactive", after: "active" }],
    });
  if (then !== undefined && anyRan(lockouts, "deactivate"))
    for (const licence of licencesOf(userId, then, now)) add(licence);
  if (anyRan(lockouts, "deactivate") && firstSnapshotOf(lockouts, "snapshot-features") === undefined)
    lost.push("Zoom features (webinars, large meetings and the like): what they were was not seen in time.");
  const features = featuresToRestore(lockouts, await currentFeatures(execute, userId));
  if (features !== undefined && anyRan(lockouts, "deactivate"))
    add({
      id: "features",
      title: "Give the Zoom features back",
      operation: "zoom.user.updateSettings",
      input: { userId, changes: { feature: features.changes } },
      changes: features.told,
    });
  const role = zoomRoleOf(then);
  if (role !== undefined && anyRan(lockouts, "remove-role") && zoomRoleOf(now)?.id !== role.id)
    add({
      id: "role",
      title: `Give the Zoom role “${role.name}” back`,
      operation: "zoom.role.assign",
      input: { roleId: role.id, userId },
      changes: [{ title: "Role", before: zoomRoleOf(now)?.name ?? PLAIN_MEMBER, after: role.name }],
    });
  const identity: Restoration = {
    id: "snapshot",
    title: "Read the Zoom user and keep a snapshot",
    operation: "zoom.user.get",
    input: { userId },
    after: [],
    isSnapshot: true,
  };
  return { restores: restores.length === 0 ? [] : [identity, ...restores], lost };
}

const LICENCES = [
  { name: "type", id: "licence", title: "Zoom licence" },
  { name: "zoom_one_type", id: "workplace-plan", title: "Zoom Workplace plan" },
  { name: "plan_united_type", id: "united-plan", title: "Zoom United plan" },
] as const;

function licencesOf(userId: string, then: ZoomUserSeen, now: ZoomUserSeen): Omit<Restoration, "after">[] {
  const update = findOperation("zoom.user.update");
  return LICENCES.flatMap(({ name, id, title }) => {
    const [before, after] = [now[name] ?? undefined, then[name] ?? undefined];
    if (after === undefined || before === after) return [];
    const input = { userId, changes: { [name]: after } };
    // What Zoom shows and does not take (a plan of another kind) is given back by hand.
    if (!update.input.safeParse(input).success) return [];
    return [
      {
        id,
        title: `Give the ${title} back`,
        operation: update.name,
        input,
        changes: [
          {
            title,
            ...(before === undefined ? {} : { before: licenceName(name, before) }),
            after: licenceName(name, after),
          },
        ],
      },
    ];
  });
}

async function currentFeatures(
  execute: Execute,
  userId: string,
): Promise<Record<string, unknown> | undefined> {
  try {
    const settings = (await readNow(execute, "zoom.user.getSettings", { userId })) as ZoomUserSeen;
    return settings.feature ?? {};
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}

/** The features that Zoom takes, and shows otherwise now than then. */
function featuresToRestore(
  lockouts: readonly LockoutToRelease[],
  now: Record<string, unknown> | undefined,
): { changes: Record<string, unknown>; told: NonNullable<Restoration["changes"]> } | undefined {
  const kept = (firstSnapshotOf(lockouts, "snapshot-features") as ZoomUserSeen | undefined)?.feature ?? {};
  const takes = (name: string, value: unknown) =>
    findOperation("zoom.user.updateSettings").input.safeParse({
      userId: "somebody",
      changes: { feature: { [name]: value } },
    }).success;
  const changed = Object.entries(kept).filter(
    ([name, value]) => (now === undefined || now[name] !== value) && takes(name, value),
  );
  if (changed.length === 0) return undefined;
  return {
    changes: Object.fromEntries(changed),
    told: changed.map(([name, value]) => {
      const before: unknown = now?.[name];
      return {
        title: featureTitle(name),
        ...(before === undefined ? {} : { before: written(before) }),
        after: written(value),
      };
    }),
  };
}

/** Whether the watch saw the Zoom user active after the lockout, and inactive again without our doing. */
function wasDeactivatedSince(events: readonly AuditEvent[]): boolean {
  let seen: "closed" | "open" | "closed_again" = "closed";
  for (const event of events) {
    // A second try closes by itself what the watch saw open.
    if (
      event.type === "run.retried" ||
      (event.type === "step.finished" && event.data.stepId === "deactivate")
    )
      seen = "closed";
    if (event.type === "watch.broken" && event.data.doors.some(({ door }) => door === "zoom-sign-in"))
      seen = "open";
    if (event.type === "watch.held" && event.data.doors.includes("zoom-sign-in") && seen === "open")
      seen = "closed_again";
  }
  return seen === "closed_again";
}
