import type { Plan } from "../plan/plan.ts";
import type { LockoutPart } from "../playbook/lockout-fields.ts";
import { SLACK_STEP } from "../playbook/lockout-slack.ts";
import type { BY_HAND } from "./by-hand.ts";
import { zoneNameOf } from "./zone-steps.ts";

type DoorKind = keyof typeof BY_HAND;

/** One access path that lockouts close, and by which of their steps. */
export interface DoorRule {
  id: string;
  kind: DoorKind;
  title: string;
  /** The part of a lockout that closes it. */
  part: LockoutPart;
  /** Steps that close it; the one that ended last says what its state is. */
  steps: (stepId: string) => boolean;
  /** Each of the steps closes it by itself, so that one that failed does not open it again. */
  isEither?: true;
}

const OF_VENDORS: readonly DoorRule[] = [
  {
    id: "zoom-sign-in",
    kind: "zoom-sign-in",
    title: "Zoom sign-in",
    part: "zoom-deactivate",
    steps: (id) => id === "deactivate",
  },
  {
    id: "zoom-sessions",
    kind: "zoom-sessions",
    title: "Zoom sessions",
    part: "zoom-sessions",
    steps: (id) => id === "revoke-sso-token",
  },
  {
    id: "zoom-meetings",
    kind: "zoom-meetings",
    title: "live Zoom meetings",
    part: "zoom-meetings",
    steps: (id) => id === "end-meetings",
  },
  {
    id: "zoom-password",
    kind: "zoom-password",
    title: "the Zoom password",
    part: "zoom-password",
    steps: (id) => id === "reset-password",
  },
  {
    id: "cloudflare-sessions",
    kind: "cloudflare-sessions",
    title: "Cloudflare sessions",
    part: "cloudflare-sessions",
    steps: (id) =>
      /^(revoke-cloudflare-account|revoke-again-account|check-sessions|check-sign-ins)$/.test(id),
  },
  {
    id: "cloudflare-block",
    kind: "cloudflare-sign-in",
    title: "Cloudflare sign-in",
    part: "cloudflare-block",
    steps: (id) => id === "block",
  },
  {
    id: "cloudflare-devices",
    kind: "cloudflare-devices",
    title: "WARP devices",
    part: "cloudflare-devices",
    steps: (id) => id === "revoke-registrations" || id === "check-devices",
  },
];

const SLACK: DoorRule = {
  id: "slack-sessions",
  kind: "slack-sessions",
  title: "Slack sessions",
  part: "slack-sessions",
  steps: (id) => id === SLACK_STEP,
};

function zoneRules(plan: Pick<Plan, "steps">): DoorRule[] {
  return plan.steps.flatMap(({ id, title }): DoorRule[] => {
    const zone = /^revoke-cloudflare-zone-(.+)$/.exec(id)?.[1];
    if (zone === undefined) return [];
    return [
      {
        id: `cloudflare-zone-${zone}`,
        kind: "cloudflare-sessions",
        title: `Cloudflare sessions of zone ${zoneNameOf({ id, title }) ?? zone}`,
        part: "cloudflare-sessions",
        steps: (stepId) => stepId === id || stepId === `revoke-again-zone-${zone}`,
        isEither: true,
      },
    ];
  });
}

/** The access paths that a plan can be about. */
export function doorRulesOf(plan: Pick<Plan, "steps">): DoorRule[] {
  return [...OF_VENDORS, ...zoneRules(plan), SLACK];
}
