import { valueAt } from "../../catalogue/field-path.ts";
import type { Execute } from "../../connectors/connector.ts";
import { isVendorError } from "../../connectors/vendor-error.ts";
import type { Restoration } from "../../playbook/release.ts";
import {
  anyRan,
  firstSnapshotOf,
  inputOf,
  readNow,
  type LockoutToRelease,
  type PlannedRelease,
} from "./lockout-to-release.ts";
import { BLOCKED, UNBLOCKED } from "./cloudflare-values.ts";
import { foreignNote, isListed } from "../step/snapshot-data.ts";
import { restoreTitle } from "./without-revoked-since.ts";

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
  const sessions = anyRan(lockouts, /^revoke-(cloudflare|again)-/)
    ? ["Cloudflare Access sessions: they sign in again."]
    : [];
  const block = await blockRestores(execute, lockouts);
  const devices = await deviceRestores(execute, lockouts);
  return {
    restores: [...block.restores, ...devices.restores],
    lost: [...sessions, ...block.lost, ...devices.lost],
  };
}

/** Takes the person off the block list, unless someone else wants them there. */
async function blockRestores(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const block = inputOf(lockouts, "block");
  if (block === undefined || !anyRan(lockouts, "block")) return { restores: [], lost: [] };
  const before = firstSnapshotOf(lockouts, "snapshot-block") as { isListed?: boolean } | undefined;
  const { accountId, listId } = block;
  const email = String(block["email"]);
  const items = await listedNow(execute, { accountId, listId });
  const note = foreignNote(items, email);
  const stays = (why: string) => ({
    restores: [],
    lost: [`Their entry on Cloudflare's block list: ${why}, so it stays.`],
  });
  if (before?.isListed === true) return stays("it was there before the lockout");
  if (note !== undefined) return stays(`somebody else put it there since (“${note}”)`);
  if (items !== undefined && !isListed(items, email)) return { restores: [], lost: [] };
  return {
    restores: [
      {
        id: "unblock",
        title: "Take the person off Cloudflare's block list",
        operation: "cloudflare.gateway.removeItem",
        input: { accountId, listId, email },
        after: [],
        changes: [{ title: "Cloudflare sign-in", before: BLOCKED, after: UNBLOCKED }],
      },
    ],
    lost: [],
  };
}

/** Gives back the WARP devices that the lockouts revoked and that are revoked now. */
async function deviceRestores(
  execute: Execute,
  lockouts: readonly LockoutToRelease[],
): Promise<PlannedRelease> {
  const first = lockouts[0];
  const lost: string[] = [];
  const restores: Restoration[] = [];
  const devices = inputOf(lockouts, "revoke-registrations");
  const userId = first?.request.plan.target.cloudflareUserId;
  // With the user all devices are revoked, and nothing shows here which ones these were.
  if (devices === undefined && revokedDevicesByEmail(lockouts))
    lost.push("WARP devices that were revoked by the e-mail: restore them by hand in Zero Trust.");
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
        `${gone} WARP ${gone === 1 ? "device is" : "devices are"} not shown as revoked any more: enrolled again, or deleted.`,
      );
    for (const [index, some] of inCalls(theirs).entries())
      restores.push({
        id: `unrevoke-registrations${index === 0 ? "" : `-${index + 1}`}`,
        title: restoreTitle(some.length),
        operation: "cloudflare.registration.unrevoke",
        input: { accountId, registrationIds: some.map(({ id }) => id) },
        after: [],
        changes: some.map(({ id, device }) => ({
          title: device?.name || id,
          before: "revoked",
          after: "active",
        })),
      });
  }
  return { restores, lost };
}

function revokedDevicesByEmail(lockouts: readonly LockoutToRelease[]): boolean {
  const ids = ["revoke-cloudflare-account", "revoke-again-account"];
  return ids.some((id) => inputOf(lockouts, id)?.["devices"] === true && anyRan(lockouts, id));
}

/** The entries of the block list; undefined where it cannot be checked now. */
async function listedNow(execute: Execute, input: Record<string, unknown>): Promise<unknown> {
  try {
    return await readNow(execute, "cloudflare.gateway.listItems", input);
  } catch (error) {
    if (isVendorError(error)) return undefined;
    throw error;
  }
}

/** How many registrations go into one call. */
const AT_ONCE = 100;

function inCalls<One>(all: readonly One[]): One[][] {
  const calls: One[][] = [];
  for (let first = 0; first < all.length; first += AT_ONCE) calls.push(all.slice(first, first + AT_ONCE));
  return calls;
}
