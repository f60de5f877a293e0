import type { LockoutDeps, LockoutPreview } from "../../src/deps/lockout.ts";
import type { EnteredTarget, Candidate } from "../../src/deps/person.ts";
import type { Refusal } from "../../src/deps/refusal.ts";
import type { LockoutPart, LockoutPreset } from "../../src/playbook/lockout-fields.ts";
import type { ChosenCandidate } from "./candidates.ts";

/** A preset, or a playbook of the policy's own by its name. */
export type HowFar = LockoutPreset | `own:${string}`;

/** What the form offers besides the presets. */
export type OwnChoice = ReturnType<LockoutDeps["ownPlaybooks"]>[number];

/** The name of the playbook of the policy's own that is chosen, if one is. */
export function ownChosen(preset: HowFar): string | undefined {
  return preset.startsWith("own:") ? preset.slice("own:".length) : undefined;
}

/** What the form shows. */
export interface LockoutForm {
  /** Whom it is about: as entered, or who was chosen instead. */
  target: EnteredTarget;
  /** As entered, where someone else was chosen. */
  who?: EnteredTarget;
  /** Who was chosen among those who may be meant. */
  chosen?: ChosenCandidate;
  /** Who may be meant, or have another account. */
  candidates?: readonly Candidate[];
  preset: HowFar;
  /** The playbooks of the policy's own that can be chosen as well. */
  own: readonly OwnChoice[];
  /** Whether someone can be signed out of Slack here at all. */
  hasSlack: boolean;
  parts: readonly LockoutPart[];
  mayBreakGlass: boolean;
  /** What is known of the person by now; `looking` while the vendors are asked. */
  preview?: LockoutPreview | "looking" | { refusal: Refusal } | { faults: readonly string[] };
  /** Which settings of the app are at fault. */
  settingFaults?: readonly string[];
  /** Faults that were found after the form was closed for checking. */
  faults?: readonly string[];
  entered?: {
    reason?: string;
    ticket?: string;
    lastAdministrator?: string;
    breaksGlass?: boolean;
    people?: readonly string[];
  };
  /** The lockout in whose thread others are locked out. */
  threadOf?: string;
}
