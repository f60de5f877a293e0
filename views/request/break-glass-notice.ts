import type { KnownBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import { buttonValue, REVIEW } from "./buttons.ts";
import type { RequestSummary } from "./summary.ts";
import { escapeAroundPeople, escapeText, mention, moment, mrkdwn, plain } from "../blocks/text.ts";

/** What is said of a request that ran without its approvals, and the button that closes its review. */
export function glassBlocks(request: RequestSummary, events: readonly AuditEvent[]): KnownBlock[] {
  const broken = events.find((event) => event.type === "glass.broken");
  if (broken === undefined) return [];
  const closed = events.find((event) => event.type === "review.closed");
  if (closed !== undefined) {
    const verdict = closed.data.justified ? "It was justified." : "*It was not justified.*";
    return [
      {
        type: "section",
        text: mrkdwn(`:rotating_light: *Break-glass.* Reviewed by ${mention(closed.actor)}. ${verdict}`),
      },
    ];
  }
  const { skipped, reviewBy, reviewers } = broken.data;
  const passed = skipped.map(({ description }) => `• ${escapeAroundPeople(description)}`);
  const lines = [
    ":rotating_light: *Break-glass: running without approval.*",
    ...(passed.length === 0 ? [] : ["Passed over:", ...passed]),
    `Somebody else with the role ${reviewers.map(escapeText).join(" or ")} must review it by ${moment(new Date(reviewBy))}.`,
  ];
  return [
    { type: "section", text: mrkdwn(lines.join("\n")) },
    {
      type: "actions",
      block_id: "request_review",
      elements: [
        {
          type: "button",
          action_id: REVIEW,
          text: plain("Close the review", 75),
          value: buttonValue(request.id, request.plan.hash),
        },
      ],
    },
  ];
}
