import type { Restoration } from "../../playbook/release.ts";
import { revokedOfStep, type RevokedSince } from "./revoked-since.ts";
import type { PlannedRelease } from "./lockout-to-release.ts";

/** What people know a thing by that a release gives back. */
function nameOf({ operation, changes = [] }: Restoration): string {
  if (operation === "zoom.user.updateStatus") return "Zoom sign-in";
  if (operation === "zoom.user.updateSettings") return "Zoom features";
  if (operation === "zoom.role.assign") return "Zoom role";
  if (operation === "cloudflare.registration.unrevoke")
    return `WARP devices (${changes.map(({ title }) => title).join(", ")})`;
  return changes[0]?.title ?? operation;
}

/** A release without what other requests took away since; that is named in `lost`, with why. */
export function withoutRevokedSince(
  { restores, lost }: PlannedRelease,
  keptAway: RevokedSince,
): PlannedRelease {
  const stays = new Map<string, string[]>();
  const keep = (why: string, name: string) => void stays.set(why, [...(stays.get(why) ?? []), name]);
  const left = restores.flatMap((one): Restoration[] => {
    if (one.isSnapshot === true) return [one];
    const away = revokedOfStep(keptAway, one);
    if (away.all !== undefined) {
      keep(away.all, nameOf(one));
      return [];
    }
    if (away.values.size === 0) return [one];
    const ids = (one.input["registrationIds"] ?? []) as readonly string[];
    const isAway = (index: number) => away.values.has(ids[index] ?? "");
    for (const [index, id] of ids.entries()) {
      const why = away.values.get(id);
      if (why !== undefined) keep(why, `WARP device ${one.changes?.[index]?.title ?? id}`);
    }
    const registrationIds = ids.filter((id) => !away.values.has(id));
    if (registrationIds.length === 0) return [];
    return [
      {
        ...one,
        title: restoreTitle(registrationIds.length),
        input: { ...one.input, registrationIds },
        changes: (one.changes ?? []).filter((_change, index) => !isAway(index)),
      },
    ];
  });
  const ids = new Set(left.map(({ id }) => id));
  const inOrder = left.map((one) => ({ ...one, after: one.after.filter((id) => ids.has(id)) }));
  const isReadForNothing = !inOrder.some(({ after }) => after.includes("snapshot"));
  return {
    restores: isReadForNothing ? inOrder.filter(({ isSnapshot }) => isSnapshot !== true) : inOrder,
    lost: [...lost, ...[...stays].map(([why, names]) => `${names.join(", ")}: ${why}.`)],
  };
}

/** How a step is called that gives so many devices back. */
export function restoreTitle(count: number): string {
  return `Restore ${count} WARP ${count === 1 ? "registration" : "registrations"}`;
}
