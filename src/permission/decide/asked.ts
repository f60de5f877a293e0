import type { Risk } from "../../catalogue/operation.ts";
import type { Asked } from "../schema.ts";

/** Whether a rule's playbook is this one: by its name, or by `zoom.*` for every single operation of Zoom's. */
export function namesPlaybook(written: string, playbook: string): boolean {
  return written === playbook || (written.endsWith(".*") && playbook.startsWith(written.slice(0, -1)));
}

/** Whether a rule speaks of a request: of its playbook, where it names one, and of a step as grave as it says. */
export function speaksOf(asked: Asked | undefined, playbook: string, risks: readonly Risk[]): boolean {
  const { playbook: name, risk } = asked ?? {};
  return (
    (name === undefined || namesPlaybook(name, playbook)) && (risk === undefined || risks.includes(risk))
  );
}

/** What a rule speaks of, as part of a sentence. */
export function describeAsked(asked: Asked | undefined): string {
  const { playbook, risk } = asked ?? {};
  if (playbook === undefined && risk === undefined) return "everything";
  if (playbook === undefined) return `what is ${risk}`;
  return risk === undefined ? playbook : `${playbook} that is ${risk}`;
}
