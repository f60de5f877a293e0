import type { AuditEvent } from "../../src/audit/event.ts";
import { SLACK_STEP } from "../../src/playbook/lockout-slack.ts";
import { ACCOUNT_NAMES } from "../../src/target/account.ts";
import { clockTime, spanOf, timelineOf, withZonesTogether, type Moment } from "../../src/lockout/timeline.ts";
import { tellsZonesTogether, zoneOf } from "../../src/lockout/zone-steps.ts";
import { lockoutEndLine, verdictLine } from "./doors.ts";
import type { RequestSummary } from "../request/summary.ts";
import { escapeText, escapeTyped, escapeValue, mention } from "../blocks/text.ts";

/** Whose lockout a line is about, where several are told in one thread. */
function whose(request: RequestSummary): string {
  return request.threadOf === undefined ? "" : `*${escapeValue(request.plan.target.name)}:* `;
}

/** The line that an event of a lockout has in its thread; undefined where another says it, null where none does. */
export function lockoutLine(
  request: RequestSummary,
  event: AuditEvent,
  before: readonly AuditEvent[],
): string | null | undefined {
  const text = lineOf(request, event, before);
  return typeof text === "string" ? `${whose(request)}${text}` : text;
}

/** That someone pressed the button that tries again what failed. */
export function retriedLine({ actor, data }: Extract<AuditEvent, { type: "run.retried" }>): string {
  const count = data.steps.length === 1 ? "one step" : `${data.steps.length} steps`;
  return `:repeat: ${mention(actor)} tries again what failed: ${count}.`;
}

const GOOD: ReadonlySet<string> = new Set(["verified", "accepted"]);

function lineOf(
  request: RequestSummary,
  event: AuditEvent,
  before: readonly AuditEvent[],
): string | null | undefined {
  switch (event.type) {
    case "step.finished":
      // Those of dozens of zones are told together.
      if (tellsZonesTogether(request.plan) && zoneOf(event.data.stepId) !== undefined) return null;
      // What went as it should stands in the timeline.
      return GOOD.has(event.data.outcome) && event.data.facts.changedSince !== true ? null : undefined;
    case "lockout.judged":
      return `${verdictLine({ kind: event.data.verdict, sentence: event.data.sentence })}\n${clockTime(event.at)} UTC, ${spanOf(event.at.getTime() - request.createdAt.getTime())} after the press.`;
    case "run.finished":
      return request.plan.playbook === "lockout"
        ? `${lockoutEndLine(request, [...before, event])}\nIt is checked every few minutes until it is released.${request.plan.steps.some(({ id }) => id === SLACK_STEP) ? " Slack sessions are not checked." : ""}`
        : undefined;
    case "run.retried":
      return retriedLine(event);
    case "watch.broken":
      return [
        ":rotating_light: *It does NOT hold any more.*",
        ...event.data.doors.map(({ title, because }) => `• ${escapeText(title)}: ${escapeText(because)}`),
        "*What to do:* Press “Retry what failed” above, or close it by hand: the message above has the links.",
      ].join("\n");
    case "watch.held":
      // Other doors may stand open that cannot be checked: this says no more than was seen.
      return event.data.doors.length === 0
        ? ":eyes: It can be checked again. Everything that can be checked is closed."
        : ":lock: Closed again. Everything that can be checked is closed.";
    case "watch.blind":
      return `:warning: *Can't check whether the lockout still holds.* ${escapeText(event.data.because)}`;
    case "account.ruled_out":
      return `:white_check_mark: ${mention(event.actor)} confirms: they have no ${ACCOUNT_NAMES[event.data.vendor]}.`;
    case "account.bound":
      return `:link: ${mention(event.actor)} says: ${mention(event.data.slackId)} and ${escapeText(event.data.email)} are the same person.`;
    case "operator.acted": {
      const { claimed } = event.data;
      const who = claimed === undefined ? "" : ` Whoever did so says that they are ${mention(claimed)}.`;
      return `:desktop_computer: Asked for on the machine that runs Deadbolt, without approval.${who}`;
    }
    case "lockout.handed_over":
      return `:handshake: ${mention(event.actor)} hands this over to ${mention(event.data.to)}.\n${escapeTyped(event.data.note)}`;
    case "lockout.summarised":
      return `:memo: ${mention(event.actor)} asked for the post-incident summary.`;
    case "lockout.released":
      return `:unlock: *Released*, asked for by ${mention(event.actor)}. It is watched no longer.`;
    default:
      return undefined;
  }
}

/** The moments of a lockout or a release as people are told them. */
export function momentsOf(request: RequestSummary, events: readonly AuditEvent[]): Moment[] {
  const moments = timelineOf(request.plan, events, request.createdAt);
  return tellsZonesTogether(request.plan) ? withZonesTogether(moments) : moments;
}

/** The most moments that one message shows; the rest is in the post-incident summary. */
const SHOWN = 60;

/** The timeline of a lockout or a release: one line for each moment, to the tenth of a second. */
export function timelineLines(request: RequestSummary, events: readonly AuditEvent[]): string[] {
  const moments = momentsOf(request, events);
  const left = moments.length - SHOWN;
  return [
    `:stopwatch: ${whose(request)}*Timeline* (UTC, and since the press)`,
    ...moments
      .slice(0, SHOWN)
      .map(({ at, after, what }) => `\`${clockTime(at)}\` +${spanOf(after)} ${escapeText(what)}`),
    ...(left > 0 ? [`… and ${left} more: the post-incident summary has them.`] : []),
  ];
}

/** Whether a request is told as a lockout is: by a timeline. */
export function hasTimeline({ plan }: RequestSummary): boolean {
  return plan.playbook === "lockout" || plan.playbook === "release";
}

/** Everyone whom a lockout was handed to. */
export function handedTo(before: readonly AuditEvent[]): string[] {
  return before.flatMap((event) => (event.type === "lockout.handed_over" ? [event.data.to] : []));
}
