import type { AuditEvent } from "../audit/event.ts";
import type { Plan } from "../plan/plan.ts";
import type { Target } from "../target/target.ts";
import type { Door } from "./doors.ts";
import { lockoutState } from "./lockout-state.ts";
import { missingWords } from "./no-account-words.ts";
import { clockTime, spanOf, timelineOf } from "./timeline.ts";

/** What a summary is made of. */
interface Incident {
  id: string;
  state: string;
  plan: Plan;
  requester: { id: string; email?: string };
  createdAt: Date;
}

/** Marks that would make more of a text than text. */
function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replaceAll(/[\\`*_{}[\]<>()#|~!]/g, "\\$&")
    .trim();
}

function whoIs({ id, email }: Incident["requester"]): string {
  return email === undefined ? id : plain(email);
}

const STATE_WORDS: Readonly<Record<Door["state"], string>> = {
  open: "**OPEN**",
  unknown: "**not known**",
  no_account: "**no account found**",
  waiting: "nothing was done",
  closing: "closing",
  closed: "closed at a time that is not known",
};

function doorLine({ title, state, closedAt, isProven, because, noAccount }: Door, begunAt: Date): string {
  const name = `${title.charAt(0).toUpperCase()}${title.slice(1)}`;
  if (state === "closed" && closedAt !== undefined) {
    const after = spanOf(closedAt.getTime() - begunAt.getTime());
    return isProven
      ? `| ${plain(name)} | closed, proven | ${after} |`
      : `| ${plain(name)} | accepted, not provable: ${plain(because ?? "")} | not known; accepted after ${after} |`;
  }
  if (noAccount !== undefined)
    return `| ${plain(name)} | ${plain(missingWords(noAccount))}${noAccount.confirmedBy === undefined ? "" : `, confirmed by ${plain(noAccount.confirmedBy)}`} | ${noAccount.confirmedBy === undefined ? "not known" : "never open"} |`;
  return `| ${plain(name)} | ${STATE_WORDS[state]}${because === undefined ? "" : `: ${plain(because)}`} | still open |`;
}

/** How many moments are told one by one, which is all of them unless it was watched for weeks. */
const MOST_MOMENTS = 2_000;

/**
 * A lockout for those who read of it later: who, what, when, and how long each door stood open. Markdown that a Slack
 * canvas takes as it is.
 */
export function incidentSummary(incident: Incident, events: readonly AuditEvent[], writtenAt: Date): string {
  const { plan, createdAt } = incident;
  const { target, fields } = plan;
  const { sentence, doors } = lockoutState(incident, events);
  const reason = typeof fields["reason"] === "string" ? fields["reason"] : "";
  const moments = timelineOf(plan, events, createdAt);
  const last = doors.flatMap(({ closedAt, isProven }) =>
    closedAt === undefined || !isProven ? [] : [closedAt.getTime()],
  );
  return [
    `# ${plain(plan.title)}: ${plain(target.name)}`,
    "",
    `**${plain(sentence)}**`,
    "",
    `- Who: ${plain(target.name)}${target.email === undefined ? "" : ` (${plain(target.email)})`}`,
    `- Asked for by: ${whoIs(incident.requester)}`,
    `- When: ${createdAt.toISOString().slice(0, 10)} ${clockTime(createdAt)} UTC`,
    `- Why: ${plain(reason)}`,
    ...(typeof fields["ticket"] === "string"
      ? [`- Ticket: ${fields["ticket"].replaceAll("<", "%3C").replaceAll(">", "%3E")}`]
      : []),
    ...(last.length === 0
      ? []
      : [
          `- From the press to the last door proven closed: ${spanOf(Math.max(...last) - createdAt.getTime())}`,
        ]),
    `- Request: ${plain(incident.id)}, plan ${plan.hash.slice(0, 12)}`,
    "",
    "## Doors",
    "",
    "| Door | State | Stood open for |",
    "| --- | --- | --- |",
    ...doors.map((door) => doorLine(door, createdAt)),
    "",
    "## Timeline (UTC)",
    "",
    ...moments
      .slice(0, MOST_MOMENTS)
      .map(({ at, after, what }) => `- ${clockTime(at)} (+${spanOf(after)}) ${plain(what)}`),
    ...(moments.length > MOST_MOMENTS
      ? [`- … and ${moments.length - MOST_MOMENTS} more in the audit log`]
      : []),
    "",
    `Written ${writtenAt.toISOString()} from the audit log.`,
    "",
  ].join("\n");
}

/** `lockout-sam-rivers-2026-11-23.md` */
export function summaryFileName({ name, email }: Target, at: Date): string {
  const who = (email ?? name)
    .toLowerCase()
    .replace(/@.*$/, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `lockout-${who === "" ? "person" : who}-${at.toISOString().slice(0, 10)}.md`;
}
