import type { AuditEvent } from "../../src/audit/event.ts";
import { retriedLine } from "../lockout/line.ts";
import { factsText, outcomeWord } from "../request/outcome.ts";
import type { RequestSummary } from "../request/summary.ts";
import { cutMrkdwn, escapeText, escapeTyped, escapeValue, mention, moment } from "../blocks/text.ts";

/** Slack takes 3,000 characters in a section. */
const LONGEST = 2_900;

/** The line that an event has in the thread, if it has one. */
export function threadLine(request: RequestSummary, event: AuditEvent): string | undefined {
  return decisionLine(event) ?? waitingLine(event) ?? powerLine(event) ?? runLine(request, event);
}

export function finalHeading(state: "done" | "partly_done" | "failed"): string {
  if (state === "done") return ":white_check_mark: Done.";
  return state === "partly_done" ? ":warning: Partly done." : ":x: Failed.";
}

function reasonLine(reason: string | undefined): string {
  return reason === undefined ? "" : `\n*Reason:* ${escapeValue(reason)}`;
}

function decisionLine(event: AuditEvent): string | undefined {
  switch (event.type) {
    case "decision.made": {
      const { verdict, reason, roles, secondFactor } = event.data;
      const verb = verdict === "approve" ? ":thumbsup: Approved" : ":thumbsdown: Denied";
      const factor = secondFactor === true ? ", with a one-time password" : "";
      const as = roles.length === 0 ? "" : ` as ${roles.map(escapeText).join(", ")}`;
      return `${verb} by ${mention(event.actor)}${as}${factor}.${reasonLine(reason)}`;
    }
    case "request.expired":
      return ":alarm_clock: Nobody decided in time. Nothing was done. Ask again if it is still needed.";
    case "request.cancelled":
      return `:wastebasket: Cancelled by ${mention(event.actor)}. Nothing was done.${reasonLine(event.data.reason)}`;
    case "request.voided":
      return `:wastebasket: Void. ${escapeText(event.data.reason)} Nothing was done.`;
    case "request.taken_over":
      return `:handshake: ${mention(event.actor)} takes this over from ${mention(event.data.from)}, who can no longer ask for it.`;
    case "request.changed":
      return changedLine(event);
    case "approval.lapsed": {
      const lines = event.data.people.map(
        ({ personId, reason }) => `• ${mention(personId)}: ${escapeText(reason)}`,
      );
      return [
        ":warning: *Not started: an approval no longer holds.* It waits for approval again.",
        ...lines,
      ].join("\n");
    }
    default:
      return undefined;
  }
}

function changedLine(event: Extract<AuditEvent, { type: "request.changed" }>): string {
  const lines = event.data.differences.flatMap(({ title, details }) => [
    `*${escapeText(title)}*`,
    ...details.map(({ title: field, before, after }) => {
      const shown = (value: string | undefined) => (value === undefined ? "nothing" : escapeValue(value));
      return `    • ${escapeText(field)}: ${shown(before)} → *${shown(after)}*`;
    }),
  ]);
  const head = `:pencil2: Changed by ${mention(event.actor)}. Approvals so far were for another plan and count for nothing.`;
  const kept: string[] = [head];
  let length = head.length;
  for (const line of lines) {
    length += line.length + 1;
    if (length > LONGEST - 60) {
      kept.push("… and more: the message above shows the whole plan.");
      break;
    }
    kept.push(line);
  }
  return kept.join("\n");
}

function waitingLine(event: AuditEvent): string | undefined {
  switch (event.type) {
    case "request.reminded":
      return `:bell: Still waiting for a decision. It expires ${moment(new Date(event.data.expiresAt))}.`;
    case "request.escalated":
      return `:arrow_up: Escalated: ${event.data.roles.map(escapeText).join(" or ")} can now decide too.`;
    case "request.commented": {
      const { kind, text } = event.data;
      return kind === "question"
        ? `:question: ${mention(event.actor)} asks: ${escapeTyped(text)}`
        : `:speech_balloon: ${mention(event.actor)}: ${escapeTyped(text)}`;
    }
    case "request.delegated": {
      const { to, note } = event.data;
      const said = note === undefined ? "" : ` ${escapeTyped(note)}`;
      return `:busts_in_silhouette: ${mention(event.actor)} asks ${mention(to)} to decide.${said}`;
    }
    case "start.waiting":
      return `:hourglass: Approved, and not started yet. ${escapeText(event.data.reason)}`;
    case "start.unconfirmed":
      return ":hourglass: Slack could not be asked once more before the start. It was approved and checked a moment before.";
    default:
      return undefined;
  }
}

function powerLine(event: AuditEvent): string | undefined {
  switch (event.type) {
    case "glass.broken": {
      const { reviewBy, reviewers } = event.data;
      return `:rotating_light: ${mention(event.actor)} used break-glass to skip approval. ${reviewers.map(escapeText).join(" or ")} must review it by ${moment(new Date(reviewBy))}.`;
    }
    case "review.closed": {
      const { justified, note } = event.data;
      const verdict = justified ? "It was justified." : "*It was not justified.*";
      return `:mag: Reviewed by ${mention(event.actor)}. ${verdict}\n${escapeTyped(note)}`;
    }
    case "review.escalated": {
      const { roles } = event.data;
      const who =
        roles.length === 0
          ? "The policy names nobody else."
          : `From now on ${roles.map(escapeText).join(" or ")} may close it as well.`;
      return `:arrow_up: *Nobody reviewed this in time.* ${who}`;
    }
    case "power.suspended": {
      const { person } = event.data;
      if (!/^[UW][A-Z0-9]+$/.test(person))
        return `:warning: *No Slack account was suspended.* None is known for ${escapeText(person)}. Which one is theirs? If there is one, it can still ask and approve here.`;
      return `:lock: ${mention(person)} can no longer ask for or approve anything here. \`/deadbolt restore @person\` gives it back.`;
    }
    case "power.restored":
      return `:unlock: ${mention(event.actor)} let ${mention(event.data.person)} ask and approve again.${reasonLine(event.data.reason)}`;
    default:
      return undefined;
  }
}

function runLine(request: RequestSummary, event: AuditEvent): string | undefined {
  if (event.type === "run.finished")
    return `*${finalHeading(event.data.state)}* ${escapeText(event.data.sentence)}`;
  if (event.type === "run.retried") return retriedLine(event);
  if (event.type !== "step.finished") return undefined;
  const { stepId, outcome, sentence, facts } = event.data;
  const title = request.plan.steps.find((step) => step.id === stepId)?.title ?? stepId;
  const vendor = factsText(facts);
  const lines = [
    `*${escapeText(title)}* — ${outcomeWord(outcome)}`,
    escapeText(sentence),
    ...(vendor === undefined ? [] : [escapeText(vendor)]),
    ...(facts.advice === undefined ? [] : [`*What to do:* ${escapeText(facts.advice)}`]),
  ];
  return cutMrkdwn(lines.join("\n"), LONGEST);
}
