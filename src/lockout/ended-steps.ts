import type { AuditEvent } from "../audit/event.ts";

export type Finished = Extract<AuditEvent, { type: "step.finished" }>;

/** How one step stands in its latest try; times are when it was written down. */
export interface StepTimes {
  sentAt?: Date;
  answeredAt?: Date;
  accepted?: boolean;
  /** Undefined while it is at work. */
  finished?: Finished;
}

/** How every step stands that has begun or ended, by its id. */
export function stepsOf(events: readonly AuditEvent[]): ReadonlyMap<string, StepTimes> {
  const steps = new Map<string, StepTimes>();
  for (const event of events) {
    if (event.type === "step.started") steps.set(event.data.stepId, { sentAt: event.at });
    if (event.type === "step.answered")
      steps.set(event.data.stepId, {
        ...steps.get(event.data.stepId),
        answeredAt: event.at,
        accepted: event.data.accepted,
      });
    if (event.type === "step.finished") {
      const before = steps.get(event.data.stepId);
      // One that was not sent this time has no times of its own.
      steps.set(
        event.data.stepId,
        before?.finished === undefined ? { ...before, finished: event } : { finished: event },
      );
    }
  }
  return steps;
}

/** What was said where everything stopped at Zoom, because its id turned out to be someone else's. */
export function stoppedAtZoom(steps: ReadonlyMap<string, StepTimes>): string | undefined {
  const data = steps.get("snapshot")?.finished?.data;
  // Events of before have it in their words only.
  const isStopped = data?.facts.wrongPerson === true || data?.sentence.startsWith("STOPPED") === true;
  return isStopped ? data?.sentence : undefined;
}

/** How far the steps of a plan have come: none was begun, some are at work, or the run has ended. */
export type RunPhase = "not_begun" | "running" | "ended";

/** How far they have come by these events, which tell of the last try last. */
export function phaseOf(events: readonly AuditEvent[]): RunPhase {
  const last = events.findLast(({ type }) => type.startsWith("run.") || type.startsWith("step."));
  if (last === undefined) return "not_begun";
  return last.type === "run.finished" ? "ended" : "running";
}

/** Whether a step ended as it should: proven, or accepted where nobody can prove it. */
export function tookHold({ data }: Finished): boolean {
  return data.outcome === "verified" || data.outcome === "accepted";
}

const NOT_SENT: ReadonlySet<string> = new Set(["skipped", "failed", "not_found"]);

/** Whether a step may have changed something, in whichever try. */
export function mayHaveChanged(events: readonly AuditEvent[], stepId: string): boolean {
  const hasChanged = events.some(
    (event) =>
      event.type === "step.finished" &&
      event.data.stepId === stepId &&
      (!NOT_SENT.has(event.data.outcome) || event.data.facts.unknown === true),
  );
  const step = stepsOf(events).get(stepId);
  return hasChanged || (step !== undefined && step.finished === undefined);
}
