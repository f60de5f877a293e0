import type { AuditEvent, OutcomeFacts } from "../../audit/event.ts";
import { SYSTEM_ACTOR } from "../../audit/event.ts";
import type { Plan } from "../../plan/plan.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { StepResult } from "./step-result.ts";

/** How a run ended, and the one sentence that says it. */
export interface RunSummary {
  state: "done" | "partly_done" | "failed";
  sentence: string;
}

/** What the ids of one try's events begin with: each try tells what it did. */
export function runId(requestId: string, round: number): string {
  return round === 0 ? requestId : `${requestId}:again${round}`;
}

/** What is written down before a step is sent. */
export function stepStarted(requestId: string, round: number, step: PlanStep, at: Date): AuditEvent {
  return {
    id: `${runId(requestId, round)}:step:${step.id}:started`,
    requestId,
    type: "step.started",
    actor: SYSTEM_ACTOR,
    at,
    data: { stepId: step.id, operation: step.operation, input: step.input },
  };
}

/** The events that frame a run. */
export function runStarted(requestId: string, plan: Plan, at: Date, round = 0): AuditEvent {
  return {
    id: `${runId(requestId, round)}:run:started`,
    requestId,
    type: "run.started",
    actor: SYSTEM_ACTOR,
    at,
    data: { steps: plan.steps.length },
  };
}

export function runFinished(requestId: string, summary: RunSummary, at: Date, round = 0): AuditEvent {
  return {
    id: `${runId(requestId, round)}:run:finished`,
    requestId,
    type: "run.finished",
    actor: SYSTEM_ACTOR,
    at,
    data: { state: summary.state, sentence: summary.sentence },
  };
}

/** What is written down when the vendor has answered. */
export function stepAnswered(
  requestId: string,
  round: number,
  step: PlanStep,
  { accepted, facts }: { accepted: boolean; facts: OutcomeFacts },
  at: Date,
): AuditEvent {
  return {
    id: `${runId(requestId, round)}:step:${step.id}:answered`,
    requestId,
    type: "step.answered",
    actor: SYSTEM_ACTOR,
    at,
    data: { stepId: step.id, operation: step.operation, accepted, facts },
  };
}

/** The id of the event that says that a step has ended, which is kept once. */
export function stepFinishedId(requestId: string, round: number, stepId: string): string {
  return `${runId(requestId, round)}:step:${stepId}:finished`;
}

/** What is written down when a step has ended. */
export function stepFinished(
  requestId: string,
  round: number,
  step: PlanStep,
  { outcome, sentence, facts }: StepResult,
  at: Date,
): AuditEvent {
  return {
    id: stepFinishedId(requestId, round, step.id),
    requestId,
    type: "step.finished",
    actor: SYSTEM_ACTOR,
    at,
    data: { stepId: step.id, operation: step.operation, outcome, sentence, facts },
  };
}
