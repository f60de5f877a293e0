import type { AuditEvent } from "../audit/event.ts";
import { SYSTEM_ACTOR } from "../audit/event.ts";
import type { Operation } from "../catalogue/operation.ts";
import { findOperation } from "../catalogue/registry.ts";
import type { Execute } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { PlanStep } from "../playbook/playbook.ts";
import { KeptInputError } from "./kept-input.ts";
import { factsOf, isProven, readBackUntil, type ReadBackClock } from "./read-back.ts";
import { takeSnapshot } from "./snapshot-step.ts";
import type { StepResult } from "./step-result.ts";
import type { Target } from "../target/target.ts";

/** What a step reaches: the vendors, the audit trail, the clock. */
export interface StepContext {
  execute: Execute;
  /**
   * Keeps an event, once by its id; false when it was there already.
   * @throws when it cannot be kept, and then nothing may be sent
   */
  audit(event: AuditEvent): Promise<boolean>;
  keepSnapshot(requestId: string, stepId: string, vendor: string, data: unknown): Promise<void>;
  /**
   * A step's input with its secrets and files, which the plan does not have.
   * @throws KeptInputError when they cannot be had any more
   */
  wholeInput(requestId: string, step: PlanStep): Promise<Record<string, unknown>>;
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
  step: PlanStep;
  target: Target;
  /** How the steps that it waits for have ended, as far as they have. */
  before: ReadonlyMap<string, StepResult>;
  /** To be called when the vendor has answered. */
  onAnswered(): void;
}

/**
 * Runs one step: writes that it starts, sends, writes what was answered, reads back, writes how it ended. Safe to
 * run again after a crash: events are kept once, a step that had ended ends the same, and a call that must not be
 * repeated is read back first.
 * @throws only when the audit trail cannot be written; vendor failures are results
 */
export async function runStep(context: StepContext, run: StepRun): Promise<StepResult> {
  const { requestId, step } = run;
  const event = <Type extends AuditEvent["type"]>(
    type: Type,
    suffix: string,
    data: Extract<AuditEvent, { type: Type }>["data"],
  ) =>
    context.audit({
      id: `${requestId}:step:${step.id}:${suffix}`,
      requestId,
      type,
      actor: SYSTEM_ACTOR,
      at: new Date(context.clock.now()),
      data,
    } as AuditEvent);
  const finish = async (result: StepResult): Promise<StepResult> => {
    const { outcome, sentence, facts } = result;
    await event("step.finished", "finished", {
      stepId: step.id,
      operation: step.operation,
      outcome,
      sentence,
      facts,
    });
    return result;
  };

  const obstacle = obstacleOf(run);
  if (obstacle !== undefined) return finish(obstacle);

  const isFirstRun = await event("step.started", "started", {
    stepId: step.id,
    operation: step.operation,
    input: step.input,
  });
  if (step.isSnapshot) return finish(await takeSnapshot(context, run));

  const told = isFirstRun ? undefined : await toldResult(context, run);
  if (told !== undefined) return told;

  const operation = findOperation(step.operation);
  const input = await inputOf(context, run);
  if (input === undefined) return finish(KEPT_INPUT_GONE);
  // Others may have used it up while this request waited. What may have been sent already counts itself.
  const spent = isFirstRun ? await context.quotaFault(operation, run.target) : undefined;
  if (spent !== undefined)
    return finish({
      outcome: "failed",
      sentence: `Not sent. ${spent}`,
      facts: { advice: "Ask again later." },
    });
  const changed = isFirstRun ? await context.changedChoice(operation, input, run.target) : undefined;
  if (changed !== undefined)
    return finish({
      outcome: "failed",
      sentence: `Not sent. ${changed}`,
      facts: { advice: "Look at what is there now, and ask again." },
    });
  if (!isFirstRun && !operation.idempotent) {
    const reading = await isProven(context, operation, input);
    if (reading === "proven") {
      const sentence = "It had been sent before a restart, and reading back shows that it took hold.";
      return finish({ outcome: "verified", sentence, facts: {} });
    }
    if (reading === "unreadable") {
      const sentence =
        "It may have been sent before a restart, and reading back failed. It was not sent again, because it must not happen twice.";
      const advice = `Look at this user in the ${operation.vendor === "zoom" ? "Zoom" : "Cloudflare"} console.`;
      return finish({ outcome: "unverified", sentence, facts: { advice } });
    }
  }
  return finish(await send(context, { ...run, input }, operation, isFirstRun, event));
}

const KEPT_INPUT_GONE: StepResult = {
  outcome: "failed",
  sentence: "Not sent: what was entered in secret, or the file, cannot be read any more.",
  facts: { advice: "Ask again. It is lost when the Zoom client secret changes in between." },
};

/** The step's input, whole; undefined when a part that was kept apart cannot be had any more. */
async function inputOf(
  context: StepContext,
  { requestId, step }: StepRun,
): Promise<Record<string, unknown> | undefined> {
  if (step.kept === undefined) return step.input;
  try {
    return await context.wholeInput(requestId, step);
  } catch (error) {
    if (error instanceof KeptInputError) return undefined;
    throw error;
  }
}

/** How the step ended, when the crash came after that was written down: what people were told stays true. */
async function toldResult(context: StepContext, run: StepRun): Promise<StepResult | undefined> {
  const events = await context.events(run.requestId);
  const event = events.find((event) => event.type === "step.finished" && event.data.stepId === run.step.id);
  if (event?.type !== "step.finished") return undefined;
  const { outcome, sentence, facts } = event.data;
  return { outcome, sentence, facts };
}

/** Why nothing may be sent, if so. */
function obstacleOf({ step, before }: StepRun): StepResult | undefined {
  const results = step.after.concat(step.requires).map((id) => before.get(id));
  if (results.some((result) => result?.wrongPerson === true))
    return {
      outcome: "skipped",
      sentence: "Not sent: Zoom no longer shows the person who was approved.",
      facts: {},
      wrongPerson: true,
    };
  for (const id of step.requires) {
    const result = before.get(id);
    if (result?.outcome === "not_found")
      return { outcome: "not_found", sentence: "Not sent: Zoom knows no such user.", facts: {} };
    if (result?.outcome !== "verified")
      return {
        outcome: "skipped",
        sentence: `Not sent, because it cannot be undone and the step before it (${id}) did not succeed.`,
        facts: { advice: "Ask again once the step before works." },
      };
  }
  return undefined;
}

type Write = (
  type: "step.answered",
  suffix: string,
  data: Extract<AuditEvent, { type: "step.answered" }>["data"],
) => Promise<boolean>;

/** A step about to be sent, with its input whole. */
type WholeRun = StepRun & { input: Record<string, unknown> };

async function send(
  context: StepContext,
  run: WholeRun,
  operation: Operation,
  isFirstRun: boolean,
  write: Write,
): Promise<StepResult> {
  const { step, input } = run;
  const answered = async (accepted: boolean, facts: StepResult["facts"]) => {
    await write("step.answered", "answered", { stepId: step.id, operation: step.operation, accepted, facts });
    run.onAnswered();
  };
  try {
    await context.execute(operation, input);
  } catch (error) {
    if (!isVendorError(error)) throw error;
    const facts = factsOf(error);
    await answered(false, facts);
    if (error.facts.kind === "not_found") {
      // It still showed when this run looked, so the call before the restart has caught up with it; reads may lag.
      if (!isFirstRun && !operation.idempotent && (await readBackUntil(context, operation, input)).proven)
        return { outcome: "verified", sentence: "Read back: it took hold.", facts: {} };
      return notFound(step, facts);
    }
    if (error.facts.mayHaveHappened && operation.readBack !== undefined) {
      const proof = await readBackUntil(context, operation, input);
      if (proof.proven)
        return {
          outcome: "verified",
          sentence: "The answer was lost, but reading back shows that it took hold.",
          facts,
        };
    }
    const sentence = error.facts.mayHaveHappened
      ? "No clear answer came, and nothing shows that it took hold. Treat it as NOT done."
      : "Refused or not reached. It was NOT done.";
    return { outcome: "failed", sentence, facts };
  }
  await answered(true, {});
  return proofOf(context, operation, run);
}

function notFound(step: PlanStep, facts: StepResult["facts"]): StepResult {
  if (step.goneIsFine !== undefined) {
    const { advice: _advice, ...rest } = facts;
    return { outcome: "not_found", sentence: step.goneIsFine, facts: rest };
  }
  return {
    outcome: "not_found",
    sentence: "The vendor does not know this user, so nothing was changed. This is not the same as done.",
    facts,
  };
}

async function proofOf(context: StepContext, operation: Operation, { input }: WholeRun): Promise<StepResult> {
  if (operation.readBack === undefined)
    return {
      outcome: "accepted",
      sentence: `The vendor accepted it. It cannot be proven: ${operation.noReadBack ?? "there is no read-back."}`,
      facts: {},
    };
  const proof = await readBackUntil(context, operation, input);
  if (proof.nothingToRead)
    return {
      outcome: "accepted",
      sentence:
        "The vendor accepted it. When the plan was made, no Cloudflare Access user was known for this e-mail (there was none, or Cloudflare could not be asked), so it cannot be read back.",
      facts: {},
    };
  if (proof.proven) return { outcome: "verified", sentence: proof.sentence, facts: {} };
  return {
    outcome: "unverified",
    sentence: `The vendor accepted it, but ${proof.sentence} Treat it as NOT done until you have looked.`,
    facts: { ...proof.facts, advice: proof.facts.advice ?? "Look at this user in the vendor's console." },
  };
}
