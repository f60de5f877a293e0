import type { AuditEvent } from "../../audit/event.ts";
import type { Known } from "../../catalogue/known.ts";
import type { Operation } from "../../catalogue/operation.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { PlanStep } from "../../playbook/playbook.ts";
import type { Target } from "../../target/target.ts";
import type { ReadBackClock } from "./read-back.ts";
import type { StepResult } from "../events/step-result.ts";
import type { StillSo } from "./left-alone.ts";

/** What was seen of somebody at one moment. */
export interface KeptSnapshot {
  data: unknown;
  takenAt: Date;
}

/** What a step reaches: the vendors, the audit trail, the clock. */
export interface StepContext {
  execute: Execute;
  /**
   * Keeps an event, once by its id; false when it was there already.
   * @throws when it cannot be kept, and then nothing may be sent
   */
  audit(event: AuditEvent): Promise<boolean>;
  keepSnapshot(requestId: string, stepId: string, vendor: string, data: unknown): Promise<void>;
  /** What a step has kept before, or what was seen when the request was made. */
  snapshot(requestId: string, stepId: string): Promise<KeptSnapshot | undefined>;
  /** Ids of the steps whose snapshot was taken so short a time ago that nothing waits for it. */
  fresh(requestId: string): Promise<string[]>;
  /** The answer to a step's read that is on its way since the request was made. */
  underway(requestId: string, stepId: string): Promise<unknown> | undefined;
  /**
   * A step's input with its secrets and files, which the plan does not have.
   * @throws KeptInputError when they cannot be had any more
   */
  wholeInput(requestId: string, step: PlanStep): Promise<Record<string, unknown>>;
  /** What is known of a person and the set-up, to list what is theirs. */
  known(target: Target): Known;
  /** A password by chance that Zoom's rules allow. */
  makePassword(): string;
  /** Why the vendor would not take this call so soon again; undefined where it would. */
  quotaFault(operation: Operation, target: Target): Promise<string | undefined>;
  /** Why what came along with a choice must not be sent any more; undefined where it may. */
  changedChoice(
    operation: Operation,
    input: Record<string, unknown>,
    target: Target,
  ): Promise<string | undefined>;
  /** What the audit trail holds of a request. */
  events(requestId: string): Promise<readonly AuditEvent[]>;
  clock: ReadBackClock;
  /** Milliseconds for which an effect is read back before it counts as unverified. */
  readBackMilliseconds: number;
}

/** One step of one request. */
export interface StepRun {
  requestId: string;
  round: number;
  step: PlanStep;
  target: Target;
  /** Ids of the steps that wait for its answer. */
  followers?: readonly string[];
  /** Whether its start is written down already, and nothing was sent yet. */
  isBegun?: boolean;
  /** Looks, right before it is sent, whether what it changes is still as the plan shows it. */
  stillSo?: () => Promise<StillSo>;
  /** Resolves when it may be sent: how the steps that it waits for have ended, as far as they have. */
  ready(): Promise<ReadonlyMap<string, StepResult>>;
  /** To be called when the call goes out. */
  onSent(): void;
  /** To be called when the vendor has answered; when that was, in Unix milliseconds. */
  onAnswered(at?: number): void;
  /** When a step of this try was answered, in Unix milliseconds; undefined where this process did not see it. */
  answeredAt?(stepId: string): number | undefined;
  /** Whether those that wait for its answer may have gone on without it, in this try. */
  isOvertaken?(): boolean;
}

type Data<Type extends AuditEvent["type"]> = Extract<AuditEvent, { type: Type }>["data"];

/** Writes an event of one step; false when this try wrote it before a restart. */
export type WriteStepEvent = <Type extends "step.answered" | "step.finished">(
  type: Type,
  suffix: string,
  data: Data<Type>,
  /** In Unix milliseconds; now unless told. */
  at?: number,
) => Promise<boolean>;
