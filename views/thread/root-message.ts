import type { KnownBlock } from "@slack/types";
import type { AuditEvent } from "../../src/audit/event.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { riskOf } from "../../src/plan/plan.ts";
import type { MessageContent, RequestSummary } from "../request/summary.ts";
import { approvalBlocks } from "../request/approval-lines.ts";
import { decisionButtons, startingButtons } from "../request/buttons.ts";
import { glassBlocks } from "../request/break-glass-notice.ts";
import { progressOf, progressWord } from "../request/outcome.ts";
import { tendingButtons } from "../lockout/buttons.ts";
import { tellsZonesTogether, titleOfAllZones, zoneNameOf, zoneOf } from "../../src/lockout/zone-steps.ts";
import { hasBegun, lockoutBlocks, lockoutStatus, lostBlocks } from "../lockout/message.ts";
import { sections } from "../blocks/sections.ts";
import {
  escapeText,
  escapeValue,
  escapeValueWithin,
  mention,
  moment,
  mrkdwn,
  plain,
} from "../blocks/text.ts";

type PlanStep = Plan["steps"][number];

const STATE_WORDS: Record<string, string> = {
  pending: ":hourglass: Waiting for approval",
  scheduled: ":calendar: Scheduled",
  approved: ":arrow_forward: Approved, starting",
  running: ":gear: Running",
  done: ":white_check_mark: Done",
  partly_done: ":warning: Partly done: some steps failed",
  failed: ":x: Failed. Check each step below",
  denied: ":no_entry: Denied. Nothing was done",
  expired: ":alarm_clock: Expired without a decision. Nothing was done",
  cancelled: ":wastebasket: Cancelled. Nothing was done",
};

function peopleBlock(request: RequestSummary): KnownBlock {
  const { target, fields } = request.plan;
  const reason = typeof fields["reason"] === "string" ? fields["reason"] : "";
  const ticket = typeof fields["ticket"] === "string" ? fields["ticket"] : undefined;
  const lines = [
    `*${target.email === undefined ? "About" : "Person"}:* ${whoText(target)}`,
    `*Asked by:* ${mention(request.requesterId)}, ${moment(request.createdAt)}`,
    `*Reason:* ${escapeValueWithin(reason, 2_000)}`,
    ...(ticket === undefined ? [] : [`*Ticket:* ${escapeValue(ticket)}`]),
  ];
  return { type: "section", text: mrkdwn(lines.join("\n")) };
}

function whoText({ name, email, slackId }: Plan["target"]): string {
  if (email === undefined) return escapeValue(name);
  const who =
    slackId === undefined
      ? `${escapeValue(name)} (not in Slack)`
      : `${mention(slackId)} (${escapeValue(name)})`;
  return `${who}, ${escapeText(email)}`;
}

/** What a step changes, a line for each field: what is there now, and what will be. */
function changeLines({ changes = [] }: PlanStep): string[] {
  return changes.map(({ title, before, after }) => {
    const from = before === undefined || before === after ? "" : `${escapeValue(before)} → `;
    return `      • ${escapeText(title)}: ${from}*${escapeValue(after)}*`;
  });
}

/** A line for each step; the same step for dozens of zones is one line, with every zone below it. */
function stepLines({ plan }: RequestSummary, wordOf: (step: PlanStep) => string): string[] {
  const isTogether = tellsZonesTogether(plan);
  const groups = new Map<string, PlanStep[]>();
  for (const step of plan.steps) {
    const key = isTogether && zoneOf(step.id) !== undefined ? titleOfAllZones(step.title) : step.id;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups].flatMap(([title, steps], index) => {
    const [step] = steps;
    if (step === undefined) return [];
    const risk = riskOf(step) === "irreversible" ? " *(cannot be undone)*" : "";
    if (steps.length === 1)
      return [`${index + 1}. ${escapeText(step.title)}${risk}${wordOf(step)}`, ...changeLines(step)];
    const zones = steps.flatMap((one) => zoneNameOf(one) ?? []);
    return [
      `${index + 1}. ${escapeText(title)} (${zones.length} zones)${risk}`,
      `      ${escapeText(zones.join(", "))}`,
    ];
  });
}

/** One line for each step; in as many blocks as it takes, because every step must be there to be approved. */
function stepsBlocks(request: RequestSummary, events: readonly AuditEvent[]): KnownBlock[] {
  const progress = progressOf(request.plan, events);
  const begun = events.some((event) => event.type === "run.started");
  const lines = stepLines(request, (step) => {
    const at = progress.get(step.id);
    return begun && at !== undefined ? ` — ${progressWord(at)}` : "";
  });
  const heading = begun ? "*Steps*" : "*What will happen*";
  return sections([heading, ...lines]);
}

/** Why a request that never ran has ended, in the words of whoever ended it. */
function whyEnded({ state }: RequestSummary, events: readonly AuditEvent[]): string {
  const event = events.findLast(
    ({ type }) => type === "request.denied" || type === "request.cancelled" || type === "request.voided",
  );
  if (state === "denied" && event?.type === "request.denied") {
    const { by, reason } = event.data;
    return `\n*By:* ${mention(by)}${reason === undefined ? "" : `\n*Reason:* ${escapeValueWithin(reason, 1_000)}`}`;
  }
  if (state !== "cancelled") return "";
  if (event?.type === "request.voided") return `\n*Why:* ${escapeText(event.data.reason)}`;
  if (event?.type !== "request.cancelled") return "";
  const { reason } = event.data;
  return `\n*By:* ${mention(event.actor)}${reason === undefined ? "" : `\n*Reason:* ${escapeValueWithin(reason, 1_000)}`}`;
}

/** Whether it was approved and could not start yet. */
function isPutOff(events: readonly AuditEvent[]): boolean {
  return events.some(({ type }) => type === "start.waiting");
}

/** The one message of a request in the channel; it follows the request from first to last. */
export function requestMessage(request: RequestSummary, events: readonly AuditEvent[]): MessageContent {
  const title = `${request.plan.title}: ${request.plan.target.name}`;
  const isLockout = request.plan.playbook === "lockout";
  const state = STATE_WORDS[request.state] ?? request.state;
  const finished = events.findLast((event) => event.type === "run.finished");
  const isOver = finished !== undefined && request.state !== "running" && request.state !== "approved";
  const sentence = isOver ? `\n${escapeText(finished.data.sentence)}` : whyEnded(request, events);
  const blocks: KnownBlock[] = [
    { type: "header", text: plain(title, 150) },
    ...(isLockout
      ? lockoutBlocks(request, events)
      : [{ type: "section" as const, text: mrkdwn(`*${state}*${sentence}`) }]),
    peopleBlock(request),
    ...(isLockout && hasBegun(events) ? [] : stepsBlocks(request, events)),
    ...lostBlocks(request),
    ...approvalBlocks(request, events),
    ...glassBlocks(request, events),
    ...(request.state === "pending" ? [decisionButtons(request)] : []),
    ...(request.state === "approved" && isPutOff(events) ? [startingButtons(request)] : []),
    ...tendingButtons(request, events),
  ];
  const status = isLockout ? lockoutStatus(request, events) : state.replace(/^:[a-z_]+: /, "");
  const { email } = request.plan.target;
  return { text: escapeText(`${title}${email === undefined ? "" : ` (${email})`}. ${status}.`), blocks };
}
