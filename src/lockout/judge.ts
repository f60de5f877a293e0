import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { Door, DoorsPlan } from "./doors.ts";
import { stepsOf } from "./ended-steps.ts";
import { verdictOf } from "./verdict.ts";

type Judged = Extract<AuditEvent, { type: "lockout.judged" }>;

function isNotClosed({ state, noAccount }: Door): boolean {
  return (
    state === "open" ||
    state === "unknown" ||
    (state === "no_account" && noAccount?.confirmedBy === undefined)
  );
}

/** The verdict that was told last. */
function lastJudged(events: readonly AuditEvent[]): Judged | undefined {
  const event = events.findLast(({ type }) => type === "lockout.judged");
  return event?.type === "lockout.judged" ? event : undefined;
}

/**
 * What is to be told now, if anything: the verdict once the first wave has ended, and each time that it changes. Its id
 * counts those before it, so that the same news is written once.
 */
export function judgement(
  requestId: string,
  plan: DoorsPlan,
  events: readonly AuditEvent[],
  at: Date,
): AuditEvent | undefined {
  const steps = stepsOf(events);
  const isFirstWaveOver = plan.steps.every(
    ({ id, delaySeconds }) => delaySeconds !== undefined || steps.get(id)?.finished !== undefined,
  );
  if (!isFirstWaveOver) return undefined;
  const { kind, sentence, doors } = verdictOf(plan, events);
  if (kind === "under_way" || kind === "not_begun") return undefined;
  const last = lastJudged(events);
  if (last?.data.sentence === sentence && last.data.verdict === kind) return undefined;
  const count = events.filter(({ type }) => type === "lockout.judged").length;
  return {
    id: `${requestId}:judged:${count}`,
    requestId,
    type: "lockout.judged",
    actor: SYSTEM_ACTOR,
    at,
    data: {
      verdict: kind,
      sentence,
      open: doors.filter(isNotClosed).map(({ id }) => id),
    },
  };
}
