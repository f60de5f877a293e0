import { valueAt } from "../catalogue/field-path.ts";
import { findOperation } from "../catalogue/registry.ts";
import type { Execute } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { AuditEvent } from "../audit/event.ts";
import { stepsOf } from "../lockout/ended-steps.ts";
import { SLACK_STEP } from "../playbook/lockout-slack.ts";
import type { Restoration } from "../playbook/release.ts";
import type { Request } from "../request/request.ts";
import type { Snapshot } from "../request/snapshot-store.ts";
import { roleOf } from "./last-administrator.ts";

/** One lockout that stands, with all that was kept of it. */
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

interface ZoomUserSeen {
  status?: string;
  type?: number;
  zoom_one_type?: number | null;
  plan_united_type?: string | number | null;
  feature?: Record<string, unknown>;
}

/**
 * Works out what to give back: what the snapshot of the first lockout that stands says they had, as far as it is not so
 * now. The first one, because a later one has seen what the first had done.
 * @throws VendorError when the vendor cannot be asked how it is now
 */
export async function planRelease(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const [zoom, cloudflare] = await Promise.all([
    zoomRestores(execute, lockouts),
    cloudflareRestores(execute, lockouts),
  ]);
  const slack = anyRan(lockouts, SLACK_STEP) ? ["Slack sessions: they sign in anew."] : [];
  const lost = [...zoom.lost, ...cloudflare.lost, ...slack];
  return { restores: [...zoom.restores, ...cloudflare.restores], lost };
}

const NOT_SENT: ReadonlySet<string> = new Set(["skipped", "failed", "not_found"]);

/** Whether a step may have changed something, in whichever try. */
function mayHaveRun(events: readonly AuditEvent[], id: string): boolean {
  const own = events.filter((event) => event.type === "step.finished" && event.data.stepId === id);
  const hasChanged = own.some(
    (event) =>
      event.type === "step.finished" &&
      (!NOT_SENT.has(event.data.outcome) || event.data.facts.unknown === true),
  );
  const step = stepsOf(events).get(id);
  return hasChanged || (step !== undefined && step.finished === undefined);
}

function anyRan(lockouts: readonly LockoutToRelease[], id: string | RegExp): boolean {
  return lockouts.some(({ request, events }) =>
    request.plan.steps.some(
      (step) => (typeof id === "string" ? step.id === id : id.test(step.id)) && mayHaveRun(events, step.id),
    ),
  );
}

/** The earliest snapshot of these steps. */
function firstKept(lockouts: readonly LockoutToRelease[], stepId: string): unknown {
  return lockouts.map(({ snapshots }) => snapshots.get(stepId)?.data).find((data) => data !== undefined);
}

async function read(execute: Execute, operation: string, input: Record<string, unknown>): Promise<unknown> {
  return execute(findOperation(operation), input, { priority: 1 });
}

async function zoomRestores(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const target = lockouts[0]?.request.plan.target;
  const userId = target?.zoomUserId;
  const lost: string[] = [];
  if (userId === undefined) return { restores: [], lost };
  if (anyRan(lockouts, "revoke-sso-token")) lost.push("Zoom sessions: they sign in anew.");
  if (anyRan(lockouts, "reset-password"))
    lost.push("The old Zoom password: they set a new one by “Forgot password”.");
  if (anyRan(lockouts, "end-meetings")) {
    const ended = firstKept(lockouts, "end-meetings") as { listed?: unknown[] } | undefined;
    if ((ended?.listed ?? []).length > 0)
      lost.push("Zoom meetings that were ended: their host starts them anew.");
  }
  const then = firstKept(lockouts, "snapshot") as ZoomUserSeen | undefined;
  let now: ZoomUserSeen;
  try {
    now = (await read(execute, "zoom.user.get", { userId })) as ZoomUserSeen;
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
    // Zoom takes one change of a user at a time, and gives nothing to somebody who is inactive.
    restores.push({ ...one, after: ["snapshot", ...restores.map(({ id }) => id)] });
  if (anyRan(lockouts, "deactivate") && now.status === "inactive" && (then?.status ?? "active") === "active")
    add({
      id: "activate",
      title: "Activate the Zoom user",
      operation: "zoom.user.updateStatus",
      input: { userId, action: "activate" },
      changes: [{ title: "Status", before: "inactive", after: "active" }],
    });
  if (then !== undefined && anyRan(lockouts, "deactivate"))
    for (const licence of licencesOf(userId, then, now)) add(licence);
  if (anyRan(lockouts, "deactivate") && firstKept(lockouts, "snapshot-features") === undefined)
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
  const role = roleOf(then);
  if (role !== undefined && anyRan(lockouts, "remove-role") && roleOf(now)?.id !== role.id)
    add({
      id: "role",
      title: `Give the Zoom role “${role.name}” back`,
      operation: "zoom.role.assign",
      input: { roleId: role.id, userId },
      changes: [{ title: "Role", before: roleOf(now)?.name ?? "Member", after: role.name }],
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
          { title, ...(before === undefined ? {} : { before: written(before) }), after: String(after) },
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
    const settings = (await read(execute, "zoom.user.getSettings", { userId })) as ZoomUserSeen;
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
  const kept = (firstKept(lockouts, "snapshot-features") as ZoomUserSeen | undefined)?.feature ?? {};
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
        title: name.replaceAll("_", " "),
        ...(before === undefined ? {} : { before: written(before) }),
        after: written(value),
      };
    }),
  };
}

/** Clocks differ: what was revoked so shortly before a lockout counts as revoked by it. */
const SKEW_MILLISECONDS = 5_000;

async function cloudflareRestores(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const lost: string[] = [];
  const restores: Restoration[] = [];
  const first = lockouts[0];
  if (anyRan(lockouts, /^revoke-(cloudflare|again)-/))
    lost.push("Cloudflare Access sessions: they sign in anew.");
  const block = inputOf(lockouts, "block");
  if (block !== undefined && anyRan(lockouts, "block")) {
    const before = firstKept(lockouts, "snapshot-block") as { isListed?: boolean } | undefined;
    if (before?.isListed === true)
      lost.push("Their entry on Cloudflare's block list: it was there before the lockout, so it stays.");
    else
      restores.push({
        id: "unblock",
        title: "Take the person off Cloudflare's block list",
        operation: "cloudflare.gateway.removeItem",
        input: { accountId: block["accountId"], listId: block["listId"], email: block["email"] },
        after: [],
        changes: [{ title: "Cloudflare sign-in", before: "blocked", after: "as the policies say" }],
      });
  }
  const devices = inputOf(lockouts, "revoke-registrations");
  const userId = first?.request.plan.target.cloudflareUserId;
  if (devices !== undefined && userId !== undefined) {
    const accountId = devices["accountId"];
    const revoked = (await read(execute, "cloudflare.registration.list", {
      accountId,
      userId,
      status: "revoked",
    })) as {
      id: string;
      revoked_at?: string | null;
      deleted_at?: string | null;
      device?: { name?: string | null } | null;
    }[];
    const kept = new Set(
      lockouts.flatMap(({ snapshots }) => {
        const listed: unknown = valueAt(snapshots.get("revoke-registrations")?.data, "listed");
        return Array.isArray(listed) ? (listed as { value: string }[]).map(({ value }) => value) : [];
      }),
    );
    const since = (first?.request.startedAt?.getTime() ?? Infinity) - SKEW_MILLISECONDS;
    const theirs = revoked.filter(
      ({ id, revoked_at: at, deleted_at: gone }) =>
        !gone && (kept.has(id) || (at != null && Date.parse(at) >= since)),
    );
    const gone = [...kept].filter((id) => !revoked.some((one) => one.id === id && !one.deleted_at)).length;
    if (gone > 0 && anyRan(lockouts, "revoke-registrations"))
      lost.push(
        `${gone} WARP ${gone === 1 ? "device is" : "devices are"} not shown as revoked any more: enrolled anew, or deleted.`,
      );
    if (theirs.length > 0)
      restores.push({
        id: "unrevoke-registrations",
        title: `Restore ${theirs.length} WARP ${theirs.length === 1 ? "registration" : "registrations"}`,
        operation: "cloudflare.registration.unrevoke",
        input: { accountId, registrationIds: theirs.map(({ id }) => id).slice(0, 100) },
        after: [],
        changes: theirs.map(({ id, device }) => ({
          title: device?.name || id,
          before: "revoked",
          after: "active",
        })),
      });
  }
  return { restores, lost };
}

function inputOf(lockouts: readonly LockoutToRelease[], stepId: string): Record<string, unknown> | undefined {
  return lockouts
    .map(({ request }) => request.plan.steps.find(({ id }) => id === stepId)?.input)
    .find((input) => input !== undefined);
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
