import type { LockoutFields } from "./lockout-fields.ts";
import type { PlanStep, PlaybookSettings } from "./playbook.ts";
import type { Target } from "../target/target.ts";

/** What closes the door of the Slack sessions. */
export const SLACK_STEP = "reset-slack-sessions";

/**
 * What a lockout does in Slack itself, where its administration is set up: it ends what is open. It waits for nothing,
 * and nothing waits for it. Whoever may still sign in to Slack can do so at once.
 */
export function slackLockoutSteps(
  { parts }: LockoutFields,
  { slackId }: Target,
  { slackTeamId }: PlaybookSettings,
): PlanStep[] {
  if (!parts.includes("slack-sessions") || slackId === undefined || slackTeamId === undefined) return [];
  return [
    {
      id: SLACK_STEP,
      title: "Sign them out of Slack",
      operation: "slack.session.reset",
      input: { userId: slackId, teamId: slackTeamId },
      after: [],
      requires: [],
    },
  ];
}
