import type { AuditEvent } from "../../audit/event.ts";
import type { Known } from "../../catalogue/known.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { Target } from "../../target/target.ts";
import type { ReadBackClock } from "./read-back.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StillSo } from "./left-alone.ts";

/** What was seen of someone at one moment. */
export interface TakenSnapshot {
  data: unknown;
  takenAt: Date;
}

/** What was seen before a change: it is what an undo needs. */
export interface StepSnapshots {
  keep(requestId: string, stepId: string, vendor: string, data: unknown): Promise<void>;
  /** What a step has kept before, or what was seen when the request was made. */
  find(requestId: string, stepId: string): Promise<TakenSnapshot | undefined>;
  /** Ids of the steps whose snapshot was taken so short a time ago that nothing waits for it. */
  fresh(requestId: string): Promise<string[]>;
  /** The answer to a step's read that is on its way since the request was made. */
  prefetched(requestId: string, stepId: string): Promise<unknown> | undefined;
}

/** What of a step's input the plan does not have. */
export interface StepInputs {
  /**
   * A step's input with its secrets and files.
   * @throws SealedInputError when they cannot be had any more
   */
  whole(requestId: string, step: PlanStep): Promise<Record<string, unknown>>;
  /** A randomly generated password that Zoom's rules allow. */
  makePassword(): string;
}

/** What is checked right before a call is sent; each says why it must not be, and undefined where it may. */
export interface StepChecks {
  /** Whether the vendor would take this call so soon again. */
  quotaFault(operation: Operation, target: Target): Promise<string | undefined>;
  /** Whether what came along with a choice is still so. */
  changedChoice(
    operation: Operation,
    input: Record<string, unknown>,
    target: Target,
  ): Promise<string | undefined>;
}

/** What a step reaches: the vendors, the audit log, the clock. */
export interface StepContext {
  execute: Execute;
  /**
   * Keeps an event, once by its id; false when it was there already.
   * @throws when it cannot be kept, and then nothing may be sent
   */
  audit(event: AuditEvent): Promise<boolean>;
  /** What the audit log holds of a request. */
  events(requestId: string): Promise<readonly AuditEvent[]>;
  /** What is known of a person and the set-up, to list what is theirs. */
  known(target: Target): Known;
  snapshots: StepSnapshots;
  inputs: StepInputs;
  checks: StepChecks;
  clock: ReadBackClock;
  /** Milliseconds for which an effect is read back before it counts as unverified. */
  readBackMilliseconds: number;
}

/** One step of one request, as it is run. */
export interface StepRun {
  requestId: string;
  /** How often the request was tried again after it had ended; each round reports its steps again. */
  round: number;
  step: PlanStep;
  target: Target;
  /** Ids of the steps that wait for its answer. */
  followers: readonly string[];
  /** Whether its start is written down already, and nothing was sent yet. */
  isBegun: boolean;
  /** When this process last knew that the run is its own, in Unix milliseconds; undefined where it must ask. */
  confirmedAt?: number;
  /** Looks, right before it is sent, whether what it changes is still as the plan shows it. */
  stillSo?: () => Promise<StillSo>;
  /** Shared by the steps of a run: whether Zoom's id is known to be someone else's, so that nothing more is sent there. */
  stop?: { isWrongPerson: boolean };
  /** Takes back what was sent before that was known; what became of it, and undefined where nothing was sent. */
  takeBack?: () => Promise<Pick<StepResult, "sentence" | "facts"> | undefined>;
  /** Resolves when it may be sent: how the steps that it waits for have ended, as far as they have. */
  ready(): Promise<ReadonlyMap<string, StepResult>>;
  /** Resolves when these steps of the same run were answered, or could be waited for no longer. */
  answered(stepIds: readonly string[]): Promise<void>;
  /** To be called when it is written down how the step ended; what is done about it besides comes later. */
  onEnded?: (result: StepResult) => void;
  /** To be called when the call goes out. */
  onSent(): void;
  /** To be called when the vendor has answered; when that was, in Unix milliseconds. */
  onAnswered(at?: number): void;
  /** When a step of this try was answered, in Unix milliseconds; undefined where this process did not see it. */
  answeredAt(stepId: string): number | undefined;
  /** Whether those that wait for its answer may have gone on without it, in this try. */
  isOvertaken(): boolean;
}
