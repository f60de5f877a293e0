import type { Plan } from "../plan/plan.ts";

const ZONE_STEP = /^(revoke-cloudflare|revoke-again)-zone-(.+)$/;
/** Up to so many zones are told one by one. */
const TOLD_ONE_BY_ONE = 2;

/** The zone that a step of a lockout is about. */
export function zoneOf(stepId: string): string | undefined {
  return ZONE_STEP.exec(stepId)?.[2];
}

/** What the zone of a step is called: as its title says. */
export function zoneNameOf({ id, title }: Pick<Plan["steps"][number], "id" | "title">): string | undefined {
  const zone = zoneOf(id);
  return zone === undefined ? undefined : (/ [(]zone ([^()]+)[)]$/.exec(title)?.[1] ?? zone);
}

/** Whether a lockout has so many zones that they are told together. */
export function tellsZonesTogether({ playbook, steps }: Pick<Plan, "playbook" | "steps">): boolean {
  const zones = steps.flatMap(({ id }) => zoneOf(id) ?? []);
  return playbook === "lockout" && new Set(zones).size > TOLD_ONE_BY_ONE;
}

/** The title of a zone's step without the zone, so that those of all zones read alike. */
export function titleOfAllZones(title: string): string {
  return title.replace(/ \(zone [^()]+\)$/, "");
}

/** What is told of so many things that nobody reads all of them: the first ones, and how many more there are. */
export function firstOf(names: readonly string[], most: number): string {
  const left = names.length - most;
  return left <= 0
    ? names.join(", ")
    : `${names.slice(0, most).join(", ")} and ${left} more, in the post-incident summary`;
}
