import type { KnownBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import { lastJudged } from "../../src/lockout/judge.ts";
import { doorLines, verdictLine, verdictNow } from "./doors.ts";
import type { RequestSummary } from "../request/summary.ts";
import { sections } from "../blocks/sections.ts";
import { escapeText, mrkdwn } from "../blocks/text.ts";

/** What stands in a lockout's message while and after it runs: what it has come to, and every door. */
export function lockoutBlocks(request: RequestSummary, events: readonly AuditEvent[]): KnownBlock[] {
  const begun = events.some(({ type }) => type === "run.started");
  if (!begun) return [];
  const released = events.some(({ type }) => type === "lockout.released");
  return [
    ...(released
      ? [
          {
            type: "section" as const,
            text: mrkdwn(":unlock: *Released.* What follows was so before the release."),
          },
        ]
      : []),
    { type: "section", text: mrkdwn(verdictLine(verdictNow(request, events))) },
    ...sections(doorLines(request, events)),
  ];
}

/** The state of a lockout in the one line that a notification shows. */
export function lockoutStatus(request: RequestSummary, events: readonly AuditEvent[]): string | undefined {
  if (events.some(({ type }) => type === "lockout.released")) return "Released";
  const judged = lastJudged(events);
  return judged === undefined ? undefined : verdictNow(request, events).sentence;
}

/** What a release cannot give back, said before anybody approves it. */
export function lostBlocks(request: RequestSummary): KnownBlock[] {
  const { lost } = request.plan.fields;
  if (request.plan.playbook !== "release" || !Array.isArray(lost) || lost.length === 0) return [];
  return sections([
    "*What cannot be given back*",
    ...(lost as unknown[]).map((one) => `• ${escapeText(String(one))}`),
  ]);
}
