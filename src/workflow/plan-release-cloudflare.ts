import { valueAt } from "../catalogue/field-path.ts";
import type { Execute } from "../connectors/connector.ts";
import type { Restoration } from "../playbook/release.ts";
import {
  anyRan,
  firstKept,
  inputOf,
  readNow,
  type LockoutToRelease,
  type PlannedRelease,
} from "./lockout-to-release.ts";

/** Clocks differ: what was revoked so shortly before a lockout counts as revoked by it. */
const SKEW_MILLISECONDS = 5_000;

/**
 * What is given back at Cloudflare.
 * @throws VendorError when Cloudflare cannot be asked how it is now
 */
export async function cloudflareRestores(
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
    const revoked = (await readNow(execute, "cloudflare.registration.list", {
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
