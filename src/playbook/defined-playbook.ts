import { withValueAt } from "../catalogue/field-path.ts";
import { generatedFields } from "../catalogue/partial-input.ts";
import { needsSnapshot, SNAPSHOT_ID } from "../catalogue/snapshot.ts";
import { freeId } from "../catalogue/step-ids.ts";
import type { Target } from "../target/target.ts";
import type { DefinedPlaybook } from "./defined-step.ts";
import { draftsOf, hasZone, valuesOf, type Draft, type Values } from "./drafts.ts";
import type { PlanStep, PlaybookSettings } from "./playbook.ts";
import { snapshotStep } from "./snapshot-step.ts";
import { zoneName } from "./zone-name.ts";

/**
 * The steps of a playbook of the policy's own. A step for which something is not known of the person, or not set up
 * here, is left out (`leftOutSteps` says which); what would wait for it waits for what it would have waited for.
 * @throws RangeError when the catalogue lacks an operation
 */
export function definedSteps(
  definition: DefinedPlaybook,
  target: Target,
  playbookSettings: PlaybookSettings,
): PlanStep[] {
  const drafts = draftsOf(definition, target, playbookSettings);
  const here = drafts.filter(({ why }) => why === undefined);
  const idsHere = idsInPlan(here, playbookSettings);
  const idsOf = (id: string) => idsHere.get(id) ?? [];
  const values = valuesOf(target, playbookSettings);
  const steps = here.flatMap((draft) => {
    const snapshot = needsSnapshot(draft.operation) ? [SNAPSHOT_ID] : [];
    const after = waitsOf(draft.step.after, drafts).flatMap(idsOf);
    const requires = (draft.step.requires ?? []).flatMap(idsOf);
    const waits = {
      after: [...new Set([...snapshot, ...after])],
      requires: [...new Set([...(draft.operation.risk === "irreversible" ? snapshot : []), ...requires])],
    };
    const zones = hasZone(draft.fields) ? playbookSettings.cloudflareZoneIds : [undefined];
    return idsOf(draft.id).map((id, index) =>
      stepOf({ ...draft, id }, waits, values, zoneOf(zones[index], playbookSettings)),
    );
  });
  const { zoomUserId } = target;
  const hasSnapshot = here.some(({ operation }) => needsSnapshot(operation));
  return hasSnapshot && zoomUserId !== undefined ? [snapshotStep(zoomUserId), ...steps] : steps;
}

/** The ids in the plan by the ids in the playbook: one for each zone, where there is a step for each. */
function idsInPlan(drafts: readonly Draft[], { cloudflareZoneIds }: PlaybookSettings): Map<string, string[]> {
  const taken = new Set([SNAPSHOT_ID, ...drafts.map(({ id }) => id)]);
  return new Map(
    drafts.map(({ id, fields }) => {
      if (!hasZone(fields)) return [id, [id]];
      const ids = cloudflareZoneIds.map((zone) => freeId(`${id}-${zone}`, taken));
      for (const one of ids) taken.add(one);
      return [id, ids];
    }),
  );
}

/** What a step waits for besides what it requires; in place of what is left out stands what that would wait for. */
function waitsOf(
  after: readonly string[] = [],
  drafts: readonly Draft[],
  seen: readonly string[] = [],
): string[] {
  return after.flatMap((id) => {
    const draft = drafts.find((one) => one.id === id);
    if (draft?.why === undefined) return [id];
    if (seen.includes(id)) return [];
    const { after = [], requires = [] } = draft.step;
    return waitsOf([...after, ...requires], drafts, [...seen, id]);
  });
}

function zoneOf(
  id: string | undefined,
  playbookSettings: PlaybookSettings,
): { id: string; name: string } | undefined {
  return id === undefined ? undefined : { id, name: zoneName(playbookSettings, id) };
}

function stepOf(
  { id, step, operation, fields, title }: Draft,
  waits: Pick<PlanStep, "after" | "requires">,
  values: Values,
  zone: { id: string; name: string } | undefined,
): PlanStep {
  const known = { ...values, cloudflareZoneId: zone?.id };
  let input = step.input ?? {};
  for (const { path, meta } of fields)
    if (meta.fill !== undefined) input = withValueAt(input, path, known[meta.fill]);
  const path = step.each ?? step.all;
  const generated = generatedFields(operation, input, path === undefined ? [] : [path]);
  return {
    id,
    title: zone === undefined ? title : `${title} (zone ${zone.name})`,
    operation: operation.name,
    input,
    ...waits,
    ...(path === undefined ? {} : { chosen: { path, how: step.each === undefined ? "all" : "each" } }),
    ...(generated.length === 0 ? {} : { generated }),
  };
}
