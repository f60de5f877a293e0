import type { Target } from "../target/target.ts";
import type { DefinedPlaybook } from "./defined-step.ts";
import { draftsOf } from "./drafts.ts";
import type { PlaybookSettings } from "./playbook.ts";

/** A step that would do nothing about this person here, and why, as a sentence. */
export interface LeftOutStep {
  id: string;
  title: string;
  why: string;
}

/** The steps of a playbook that are left out for this person, for those who decide. */
export function leftOutSteps(
  definition: DefinedPlaybook,
  target: Target,
  playbookSettings: PlaybookSettings,
): LeftOutStep[] {
  return draftsOf(definition, target, playbookSettings).flatMap(({ id, title, why }) =>
    why === undefined ? [] : [{ id, title, why }],
  );
}
