import type { AuditEvent, Outcome, OutcomeFacts } from "../../src/audit/event.ts";
import type { Plan } from "../../src/plan/plan.ts";

type Finished = Extract<AuditEvent, { type: "step.finished" }>;

/** How an outcome is said; green is only for what was proven. */
const WORDS: Record<Outcome, { icon: string; word: string }> = {
  verified: { icon: ":white_check_mark:", word: "verified" },
  accepted: { icon: ":ballot_box_with_check:", word: "accepted" },
  unverified: { icon: ":warning:", word: "unverified" },
  not_found: { icon: ":grey_question:", word: "not found" },
  failed: { icon: ":x:", word: "failed" },
  skipped: { icon: ":fast_forward:", word: "skipped" },
  undone: { icon: ":leftwards_arrow_with_hook:", word: "undone" },
};

export function outcomeIcon(outcome: Outcome): string {
  return WORDS[outcome].icon;
}

export function outcomeWord(outcome: Outcome): string {
  return `${WORDS[outcome].icon} ${WORDS[outcome].word}`;
}

/** Where a step stands, from the events so far. */
export type StepProgress =
  | { state: "waiting" }
  | { state: "running" }
  | { state: "answered" }
  | { state: "finished"; event: Finished };

export function progressOf(plan: Plan, events: readonly AuditEvent[]): Map<string, StepProgress> {
  const progress = new Map<string, StepProgress>(plan.steps.map((step) => [step.id, { state: "waiting" }]));
  for (const event of events) {
    if (event.type === "step.started") progress.set(event.data.stepId, { state: "running" });
    if (event.type === "step.answered" && event.data.accepted)
      progress.set(event.data.stepId, { state: "answered" });
    if (event.type === "step.finished") progress.set(event.data.stepId, { state: "finished", event });
  }
  return progress;
}

const PROGRESS_WORDS = {
  waiting: ":white_circle: waiting",
  running: ":hourglass_flowing_sand: sending",
  answered: ":mag: accepted, reading back",
} as const;

export function progressWord(progress: StepProgress): string {
  return progress.state === "finished"
    ? outcomeWord(progress.event.data.outcome)
    : PROGRESS_WORDS[progress.state];
}

/** The vendor's own words and code, for the person who has to act on them. */
export function factsText(facts: OutcomeFacts): string | undefined {
  const parts = [
    facts.status === undefined ? undefined : `HTTP ${facts.status}`,
    facts.code === undefined ? undefined : `code ${facts.code}`,
    // The advice may be nothing but the vendor's words.
    facts.vendorMessage === undefined || facts.advice?.includes(facts.vendorMessage) === true
      ? undefined
      : `“${facts.vendorMessage}”`,
    facts.attempts === undefined || facts.attempts < 2 ? undefined : `${facts.attempts} attempts`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" · ");
}
