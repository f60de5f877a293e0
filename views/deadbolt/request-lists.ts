import type { RequestLine, RequestLists } from "../../src/deps/explanation.ts";
import { escapeText, escapeValue, mention, messageLink, moment } from "../blocks/text.ts";

const STATES: Readonly<Record<RequestLine["state"], string>> = {
  pending: "waiting for approval",
  scheduled: "scheduled",
  approved: "approved, starting",
  running: "running",
  done: "done",
  partly_done: "partly done",
  failed: "failed",
  denied: "denied",
  expired: "expired",
  cancelled: "cancelled",
};

function what({ title, target, link }: RequestLine): string {
  return `*${escapeText(title)}* for *${escapeValue(target)}*${messageLink(link)}`;
}

function waitingLines(lines: readonly RequestLine[], due: string): string[] {
  return lines.map((line) => {
    const until = line.dueAt === undefined ? "" : `, ${due} ${moment(line.dueAt)}`;
    return `• ${what(line)}, asked for by ${mention(line.requesterId)}${until}`;
  });
}

/** The answer to `/deadbolt requests`, as lines: what waits for the reader, and what they asked for. */
export function requestListLines({ forMe, own }: RequestLists): string[] {
  const decisions =
    forMe === undefined
      ? [":warning: Slack did not answer, so I do not know what waits for you. Try again in a minute."]
      : forMe.decisions.length === 0
        ? ["Nothing."]
        : waitingLines(forMe.decisions, "expires");
  const reviews = forMe?.reviews ?? [];
  return [
    "*Waiting for your decision*",
    ...decisions,
    ...(reviews.length === 0 ? [] : ["*Waiting for your review*", ...waitingLines(reviews, "due")]),
    "*Your last requests*",
    ...(own.length === 0
      ? ["You have not asked for anything yet."]
      : own.map((line) => `• ${what(line)}: ${STATES[line.state]}, asked for ${moment(line.createdAt)}`)),
  ];
}
