import { zoomOffboard } from "./zoom-offboard.ts";

/**
 * How early a playbook's calls leave where vendors limit rates: 0 for lockouts and the policy's own playbooks, which
 * are run in an emergency, 1 for one operation or a release, and 2 for offboardings, which come by the hundred.
 */
export function priorityOf(playbook: string): number {
  if (playbook === zoomOffboard.name) return 2;
  return playbook === "release" || playbook.includes(".") ? 1 : 0;
}

/** Whether seconds count. */
export function isUrgent(playbook: string): boolean {
  return priorityOf(playbook) === 0;
}

/** Whether it comes by the hundred, so that it gives way to what is urgent. */
export function isBulk(playbook: string): boolean {
  return priorityOf(playbook) >= 2;
}
