import type { AuditEvent } from "../../src/audit/event.ts";
import type { Door } from "../../src/lockout/doors.ts";
import { groupedDoors } from "../../src/lockout/door-groups.ts";
import { doorsOf } from "../../src/lockout/doors.ts";
import { lockoutState, type LockoutState } from "../../src/lockout/lockout-state.ts";
import type { NoAccount } from "../../src/lockout/no-account.ts";
import { missingWords } from "../../src/lockout/no-account-words.ts";
import { spanOf } from "../../src/lockout/timeline.ts";
import { outcomeIcon } from "../request/outcome.ts";
import type { RequestSummary } from "../request/summary.ts";
import { escapeText, mention } from "../blocks/text.ts";

const ICONS: Readonly<Record<LockoutState["kind"], string>> = {
  not_begun: ":hourglass:",
  waiting: ":hourglass:",
  starting: ":arrow_forward:",
  ended_unbegun: ":no_entry:",
  released: ":unlock:",
  under_way: ":hourglass_flowing_sand:",
  locked: ":lock:",
  temporary: ":warning:",
  no_account: ":warning:",
  not_locked: ":rotating_light:",
};

/** What a lockout has come to, as one line of mrkdwn. */
export function verdictLine({ kind, sentence }: Pick<LockoutState, "kind" | "sentence">): string {
  return `${ICONS[kind]} *${escapeText(sentence)}*`;
}

/** Where a lockout is now, without the weight of news: the verdict was told when it was made. */
export function lockoutEndLine(request: RequestSummary, events: readonly AuditEvent[]): string {
  const { kind, sentence } = lockoutState(request, events);
  return `${ICONS[kind]} ${escapeText(sentence)}`;
}

/** Where a lockout is now, as one line of mrkdwn. */
export function lockoutStateLine(request: RequestSummary, events: readonly AuditEvent[]): string {
  return verdictLine(lockoutState(request, events));
}

/** Green is only for what was proven, as in every other request. */
const ACCEPTED = outcomeIcon("accepted");

const STATES: Readonly<Record<Door["state"], string>> = {
  closed: outcomeIcon("verified"),
  waiting: ":white_circle:",
  closing: ":hourglass_flowing_sand:",
  open: ":x:",
  unknown: ":grey_question:",
  no_account: ":grey_question:",
};

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function missingText(missing: NoAccount): string {
  const words = escapeText(missingWords(missing).replace(/^No /, "no "));
  return missing.confirmedBy === undefined
    ? `*${words}*. If there is one under another address, it is open.`
    : `${words}, confirmed by ${mention(missing.confirmedBy)}.`;
}

/** One line for each door: what its state is, since when, and what to do by hand where it is open. */
export function doorLines(request: RequestSummary, events: readonly AuditEvent[]): string[] {
  return groupedDoors(doorsOf(request.plan, events)).map((door) => {
    const { title, state, closedAt, isProven, because, byHand, noAccount } = door;
    const icon = state === "closed" && !isProven ? ACCEPTED : STATES[state];
    const name = `${icon} ${escapeText(capital(title))}`;
    const hand = byHand === undefined ? "" : `\n      By hand: ${escapeText(byHand.text)} <${byHand.url}>`;
    if (state === "closed" && closedAt !== undefined) {
      const after = spanOf(closedAt.getTime() - request.createdAt.getTime());
      return isProven
        ? `${name}: closed after ${after}, proven`
        : `${name}: accepted after ${after} (not provable here). ${escapeText(because ?? "")}${hand}`;
    }
    if (state === "closing") return `${name}: closing`;
    if (state === "waiting") return `${name}: nothing was done`;
    if (state === "no_account" && noAccount !== undefined) return `${name}: ${missingText(noAccount)}${hand}`;
    const word = state === "open" ? "*OPEN*" : "*not known to be closed*";
    return `${name}: ${word}. ${escapeText(because ?? "")}${hand}`;
  });
}
