import { zoomOffboard } from "./zoom-offboard.ts";

const TAKING: ReadonlySet<string> = new Set([zoomOffboard.name]);

/** Whether a playbook takes a person's access away as a whole, so that they should hold no power here either. */
export function takesAccess(playbook: string): boolean {
  return TAKING.has(playbook);
}
