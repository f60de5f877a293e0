import type { KnownBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import { phaseOf } from "../../src/lockout/ended-steps.ts";
import { lockoutState } from "../../src/lockout/lockout-state.ts";
import { doorLines, lockoutStateLine } from "./doors.ts";
import type { RequestSummary } from "../request/summary.ts";
import { sections } from "../blocks/sections.ts";
import { escapeText, mrkdwn } from "../blocks/text.ts";

/** What is in a lockout's message: its state, and once it has begun how every door is. */
export function lockoutBlocks(request: RequestSummary, events: readonly AuditEvent[]): KnownBlock[] {
  return [
    { type: "section", text: mrkdwn(lockoutStateLine(request, events)) },
    ...(hasBegun(events) ? sections(doorLines(request, events)) : []),
  ];
}

/** Whether a lockout is told by its doors: before that, by what it will do. */
export function hasBegun(events: readonly AuditEvent[]): boolean {
  return phaseOf(events) !== "not_begun";
}

/** The state of a lockout in the one line that a notification shows. */
export function lockoutStatus(request: RequestSummary, events: readonly AuditEvent[]): string {
  return lockoutState(request, events).sentence.replace(/\.$/, "");
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
