import { effectsOf, opens } from "../catalogue/effect.ts";
import { findOperation } from "../catalogue/registry.ts";
import type { PlanStep } from "./playbook.ts";
import { lockout } from "./lockout.ts";
import { zoomOffboard } from "./zoom-offboard.ts";

/**
 * Whether a request takes a person's access away as a whole, so that they should hold no power here either: an
 * offboarding, a lockout, and what does the same by itself. Ending sessions by itself does not: one signs in again.
 */
export function takesAccess(
  playbook: string,
  steps: readonly Pick<PlanStep, "operation" | "input">[],
): boolean {
  return (
    playbook === zoomOffboard.name ||
    // Anyone who holds the account may hold the person's Slack as well.
    playbook === lockout.name ||
    steps.some(
      ({ operation, input }) =>
        operation === "zoom.user.delete" ||
        (operation === "zoom.user.updateStatus" && input["action"] === "deactivate"),
    )
  );
}

/** Whether a call can only take access away. */
export function closesDoor(operation: string, input: Readonly<Record<string, unknown>>): boolean {
  const effects = effectsOf(findOperation(operation), input);
  return effects.length > 0 && !opens(effects);
}

/** Whether a call can open a way in for someone. */
export function opensDoor(operation: string, input: Readonly<Record<string, unknown>>): boolean {
  return opens(effectsOf(findOperation(operation), input));
}
