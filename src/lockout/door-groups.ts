import type { Door } from "./doors.ts";

const ZONE_DOOR = "cloudflare-zone-";

function likeness({ state, isProven, because, byHand }: Door): string {
  return JSON.stringify([state, isProven, because, byHand]);
}

function keyOf(door: Door): string {
  if (door.state === "no_account") return `no account at ${door.noAccount?.vendor ?? door.id}`;
  return door.id.startsWith(ZONE_DOOR) ? likeness(door) : door.id;
}

/**
 * Doors as they are told: those of zones that stand alike as one, since dozens of them read the same, and those of a
 * vendor that knows nobody. Where they are closed, it is since the last of them is.
 */
export function groupedDoors(doors: readonly Door[]): Door[] {
  const groups = new Map<string, Door[]>();
  for (const door of doors) {
    const key = keyOf(door);
    groups.set(key, [...(groups.get(key) ?? []), door]);
  }
  return [...groups.values()].flatMap((group): Door[] => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    if (first.state === "no_account") {
      const titles = group.filter(({ id }) => !id.startsWith(ZONE_DOOR)).map(({ title }) => title);
      return [{ ...first, title: titles.join(", ") }];
    }
    const times = group.flatMap(({ closedAt }) => (closedAt === undefined ? [] : [closedAt.getTime()]));
    return [
      {
        ...first,
        title: `Cloudflare sessions of ${group.length} zones`,
        ...(times.length === 0 ? {} : { closedAt: new Date(Math.max(...times)) }),
      },
    ];
  });
}
