import type { AuditEvent } from "../../src/audit/event.ts";
import type { RequestSummary } from "../request/summary.ts";
import { escapeText, escapeTyped, escapeValue, mention } from "../blocks/text.ts";
import { lockoutStateLine } from "../lockout/doors.ts";
import { handedTo } from "../lockout/line.ts";
import { finalHeading } from "./thread-line.ts";

/** Something that one person is told in private, once. */
export interface DirectLine {
  userId: string;
  text: string;
}

/** What people are told in private of an event: the requester how it goes, and one who asked for more the answer. */
export function directLines(
  request: RequestSummary,
  event: AuditEvent,
  before: readonly AuditEvent[],
): DirectLine[] {
  const { requesterId } = request;
  if (event.type === "request.commented") {
    const question = before.findLast(
      (earlier) => earlier.type === "request.commented" && earlier.data.kind === "question",
    );
    const said = `${mention(event.actor)} ${event.data.kind === "question" ? "asks" : "says"}: ${escapeTyped(event.data.text)}`;
    const text = `About ${whatText(request, "the request")}:\n${said}\nAnswer by “Comment” in the menu of its message in <#${request.channel}>.`;
    if (event.actor !== requesterId)
      return event.data.kind === "question" ? [{ userId: requesterId, text }] : [];
    return question === undefined || question.actor === requesterId
      ? []
      : [{ userId: question.actor, text: `About ${whatText(request, "the request")}:\n${said}` }];
  }
  if (event.type === "lockout.handed_over")
    return [{ userId: event.data.to, text: handOverText(request, event) }];
  const text = requesterText(request, event, before);
  if (text === undefined) return [];
  const people = ALARMS.has(event.type) ? [requesterId, ...handedTo(before)] : [requesterId];
  return [...new Set(people)].map((userId) => ({ userId, text }));
}

function whatText({ plan }: RequestSummary, subject: string): string {
  const { title, target } = plan;
  const email = target.email === undefined ? "" : ` (${escapeText(target.email)})`;
  return `${subject} “${escapeText(title)}” for *${escapeValue(target.name)}*${email}`;
}

/** What everyone must know who has a lockout in flight. */
const ALARMS: ReadonlySet<string> = new Set(["watch.broken", "watch.blind"]);

function handOverText(
  request: RequestSummary,
  { actor, data }: Extract<AuditEvent, { type: "lockout.handed_over" }>,
): string {
  return `${mention(actor)} hands you ${whatText(request, "the request")}.\n${escapeTyped(data.note)}\nEverything is in <#${request.channel}>, with the buttons.`;
}

function requesterText(
  request: RequestSummary,
  event: AuditEvent,
  before: readonly AuditEvent[],
): string | undefined {
  const what = whatText(request, "Your request");
  const where = `The whole story is in <#${request.channel}>.`;
  switch (event.type) {
    case "run.finished":
      return request.plan.playbook === "lockout"
        ? `${what}: ${lockoutStateLine(request, [...before, event])}\n${where}`
        : `${what}: *${finalHeading(event.data.state)}* ${escapeText(event.data.sentence)}\n${where}`;
    case "watch.broken":
      return `:rotating_light: ${what} does NOT hold any more: ${event.data.doors.map(({ title }) => escapeText(title)).join(", ")}.\n${where}`;
    case "watch.blind":
      return `:warning: ${what}: can't check whether the lockout still holds. ${escapeText(event.data.because)}\n${where}`;
    case "request.denied": {
      const why = event.data.reason === undefined ? "" : `\n*Reason:* ${escapeValue(event.data.reason)}`;
      return `${what} was denied by ${mention(event.data.by)}. Nothing was done.${why}\n${where}`;
    }
    case "request.expired":
      return `${what} expired without a decision. Nothing was done. Ask again if it is still needed.`;
    case "approval.lapsed":
      return `${what} was approved and did not start: an approval no longer holds. It waits for approval again.\n${where}`;
    case "request.voided":
      // Anyone who loses their access to someone else's hands is not warned of it.
      return event.data.isQuiet === true
        ? undefined
        : `${what} is void. ${escapeText(event.data.reason)} Nothing was done.`;
    case "review.closed":
      return `${what} was reviewed by ${mention(event.actor)}: ${event.data.justified ? "it was justified" : "*it was not justified*"}.\n${where}`;
    default:
      return undefined;
  }
}
