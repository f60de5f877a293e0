import type { Outcome, OutcomeFacts } from "../../audit/event.ts";

/** How a step ended, with the sentence for people; plain JSON, because the engine keeps it. */
export interface StepResult {
  outcome: Outcome;
  sentence: string;
  facts: OutcomeFacts;
  /** The person behind the ids is not the one who was approved: nothing more may be sent. */
  wrongPerson?: true;
}
