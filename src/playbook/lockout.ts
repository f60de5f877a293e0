import { cloudflareLockoutSteps } from "./lockout-cloudflare.ts";
import { lockoutFields, type LockoutFields } from "./lockout-fields.ts";
import { slackLockoutSteps } from "./lockout-slack.ts";
import { zoomLockoutSteps } from "./lockout-zoom.ts";
import type { Playbook } from "./playbook.ts";
import { knownToZoom } from "../target/target.ts";

/**
 * Locks a person out of Zoom and Cloudflare at once, and signs them out of Slack. Each vendor's steps stand for
 * themselves: what one vendor makes of its own never holds up another.
 */
export const lockout: Playbook<LockoutFields> = {
  name: "lockout",
  title: "Lockout",
  fields: lockoutFields,
  steps: (fields, target, playbookSettings) => [
    ...(target.zoomUserId === undefined ? [] : zoomLockoutSteps(fields, knownToZoom(target))),
    ...cloudflareLockoutSteps(fields, target, playbookSettings),
    ...slackLockoutSteps(fields, target, playbookSettings),
  ],
};
