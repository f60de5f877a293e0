import type { z } from "zod";
import { definedSteps } from "./defined-playbook.ts";
import type { DefinedPlaybook } from "./defined-step.ts";
import { lockoutFields } from "./lockout-fields.ts";
import type { Playbook } from "./playbook.ts";

const ownFields = lockoutFields.pick({ reason: true, ticket: true });
export type OwnFields = z.output<typeof ownFields>;

/** A playbook of the policy's own, which has passed the checks at load, as one that can be run. */
export function ownPlaybook(name: string, definition: DefinedPlaybook): Playbook<OwnFields> {
  return {
    name,
    title: definition.title,
    fields: ownFields,
    steps: (_fields, target, playbookSettings) => definedSteps(definition, target, playbookSettings),
  };
}
