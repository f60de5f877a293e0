import type { AuditEvent } from "../../../src/audit/event.ts";
import { incidentSummary } from "../../../src/lockout/incident-summary.ts";
import { verdictOf } from "../../../src/lockout/verdict.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { watchView } from "../../../views/lockout/watch-view.ts";
import type { RequestSummary } from "../../../views/request/summary.ts";
import { desiredMessages } from "../../../views/thread/thread.ts";

/** One thing that people read. */
export interface Said {
  where: string;
  text: string;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((one) => textsIn(one));
}

/** What every surface of a lockout says after these events, line by line as it is read. */
export function saidOn(plan: Plan, state: string, events: readonly AuditEvent[]): Said[] {
  const request: RequestSummary = {
    id: "request1",
    plan,
    requesterId: "U0SASHA",
    state,
    decision: { kind: "needs_approval", because: "", rules: [{ description: "One person must approve." }] },
    channel: "C0INCIDENT",
    createdAt: new Date(0),
    expiresAt: null,
  };
  const last = events.at(-1)?.id;
  const messages = desiredMessages(request, events)
    // What was written at an earlier event was true then.
    .filter(
      (one) => one.place === "root" || "follows" in one || (last !== undefined && one.id.startsWith(last)),
    )
    .map(({ id, text, blocks }) => ({ where: id, text: [text, ...textsIn(blocks)].join("\n") }));
  const summary = incidentSummary(
    { id: "request1", state, plan, requester: { id: "U0SASHA" }, createdAt: new Date(0) },
    events,
    new Date(0),
  );
  return [
    ...messages,
    { where: "watch window", text: textsIn(watchView(request, events).blocks).join("\n") },
    { where: "summary", text: summary.replaceAll("\\", "") },
  ];
}

/** From worst to best, as people read a verdict. */
const GRADES = { not_begun: 0, not_locked: 0, under_way: 1, no_account: 2, temporary: 3, locked: 4 } as const;

/** The best that a text says, read without the product's help. */
function gradeOf(text: string): number {
  const lines = text.split("\n").map((line) => line.replace(/^\W*(:[a-z_]+: *)?\W*/, ""));
  if (/:lock: \*(?!Closed again)/.test(text)) return GRADES.locked;
  // A moment of the timeline was true when it happened.
  const now = lines.filter((line) => !/\d\d:\d\d:\d\d\.\d/.test(line));
  if (now.some((line) => line.startsWith("Locked, but"))) return GRADES.temporary;
  if (now.some((line) => line.startsWith("Locked at "))) return GRADES.no_account;
  if (now.some((line) => /^(Locked|Done)\b/.test(line))) return GRADES.locked;
  return /Closing every door|hourglass_flowing_sand|: closing\b|\| closing /.test(text)
    ? GRADES.under_way
    : 0;
}

/** Where a surface says or ticks better than the verdict. */
export function betterThanVerdict(
  said: readonly Said[],
  plan: Plan,
  events: readonly AuditEvent[],
): string[] {
  const { kind, doors } = verdictOf(plan, events);
  const isAtWork =
    events.some(({ type }) => type === "run.started") && events.at(-1)?.type !== "run.finished";
  const proven = new Set(
    doors.flatMap(({ state, isProven, title }) =>
      state === "closed" && isProven ? [title.toLowerCase()] : [],
    ),
  );
  return said.flatMap(({ where, text }) => {
    const faults: string[] = [];
    const grade = gradeOf(text);
    // While others are closing, a verdict that is not locked yet stands beside them.
    const allowed = isAtWork ? Math.max(GRADES[kind], GRADES.under_way) : GRADES[kind];
    if (grade > allowed) faults.push(`${where} says ${grade} where the verdict is ${kind}`);
    const ticks = [
      ...Array.from(text.matchAll(/:white_check_mark: ([^:\n]+):/g), ([, title = ""]) => title),
      ...Array.from(text.matchAll(/^\| ([^|]+) \| closed, proven/gm), ([, title = ""]) => title),
      ...Array.from(text.matchAll(/Proven closed: ([^.]+)\./g), ([, titles = ""]) =>
        titles.split(", "),
      ).flat(),
    ];
    for (const title of ticks)
      if (!proven.has(title.toLowerCase())) faults.push(`${where} ticks ${title}, which is not proven`);
    return faults;
  });
}
