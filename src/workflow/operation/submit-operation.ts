import { VENDOR_NAMES } from "../../catalogue/vendor.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { findOperation } from "../../catalogue/registry.ts";
import type { OperationSubmission } from "../../deps/operation.ts";
import type { FieldFault } from "../../deps/refusal.ts";
import type { SubmissionResult } from "../../deps/submission.ts";
import { describeChanges, keptWords } from "../../plan/describe-changes.ts";
import { askedOperation } from "../../permission/decide/asked-operation.ts";
import { planOf, type Plan } from "../../plan/plan.ts";
import type { PlannedChange } from "../../playbook/playbook.ts";
import { singleOperationSteps } from "../../playbook/single-operation.ts";
import type { SealedInput } from "../../request/sealed-input-store.ts";
import { findRequest } from "../../request/store.ts";
import { normaliseEmail } from "../../target/email.ts";
import type { Target } from "../../target/target.ts";
import { valueAt } from "../../catalogue/field-path.ts";
import { checkCall } from "../step/check-call.ts";
import { quotaFault } from "../step/quota-fault.ts";
import { completeInput, type CompletedInput } from "./complete-input.ts";
import { judgeRequest } from "../judge/judge-request.ts";
import { sealedFields, sealInput } from "../step/sealed-input.ts";
import { lookUpPerson } from "../submit/look-up-person.ts";
import { openRequest } from "../submit/open-request.ts";
import { createdResult, refusalFrom } from "../submit/request-result.ts";
import { knownOf, placesOf, type OperationContext } from "./operation-context.ts";
import { readCurrent } from "./read-current.ts";
import { recordDenied } from "../judge/record-judgement.ts";
import { operationRefused } from "../events/refusal-events.ts";
import { refuser } from "../judge/refuser.ts";

/** More would not all be seen by those who approve. */
const MOST_CHANGES = 25;
/** How many characters of changes fit into the message that is approved, with all else that is there. */
const LONGEST_CHANGES = 8_000;

/**
 * From the filled-in form of one operation to a stored request, as `submitRequest` does for a playbook.
 * @throws DirectoryError when Slack cannot be asked; nothing is stored then
 */
export async function submitOperation(
  context: OperationContext,
  submission: OperationSubmission,
): Promise<SubmissionResult> {
  const existing = await findRequest(context.database, submission.viewId);
  if (existing !== undefined) return createdResult(existing);

  const operation = findOperation(submission.entered.operation);
  const refuse = refuser(context, (refusal, at) => operationRefused(submission, refusal, at));
  const { policy, version } = context.loadedPolicy();
  const places = placesOf(operation);
  const [requester, found] = await Promise.all([
    context.standing(submission.requesterId),
    places === undefined ? undefined : lookUpPerson(context.lookups, submission.entered.target, places),
  ]);
  const person = found?.kind === "found" ? found.target : undefined;
  // Asked before anything is read for them: who may not do this learns nothing.
  const judged = await judgeRequest(context, policy, requester, {
    playbook: operation.name,
    // Its own scopes decide: the snapshot before it only confirms whom it is about.
    operations: [askedOperation(operation, submission.entered.input)],
    target: person,
    breaksGlass: submission.breaksGlass ?? false,
  });
  const { decision } = judged;
  if (decision.kind === "denied") {
    await recordDenied(context, submission.viewId, version, judged);
    return refuse(refusalFrom(decision, judged.question));
  }
  if (found?.kind === "refused") return refuse(found.refusal);
  if (found?.kind === "invalid") {
    await refuse({
      rule: "every id must speak of the same person",
      reason: found.faults.map(({ message }) => message).join(" "),
    });
    return found;
  }

  const planned = await planOperation(context, submission, operation, person);
  if (planned.kind === "invalid") return planned;
  const opened = await openRequest(context, {
    viewId: submission.viewId,
    plan: planned.plan,
    judged,
    policyVersion: version,
    kept: planned.kept,
  });
  if (opened.kind === "refused") return refuse(opened.refusal);
  // Anyone who delivers the form again gets the request, and not what was made up this time.
  if (!opened.isNew || planned.generated.length === 0) return opened.result;
  return { ...opened.result, generated: planned.generated.map(({ title, value }) => ({ title, value })) };
}

type PlannedOperation =
  | { kind: "planned"; plan: Plan; kept: readonly SealedInput[]; generated: CompletedInput["generated"] }
  | { kind: "invalid"; faults: FieldFault[] };

/** The plan of what was filled in, with its secrets sealed apart, or what is wrong with it. */
async function planOperation(
  context: OperationContext,
  submission: OperationSubmission,
  operation: Operation,
  person: Target | undefined,
): Promise<PlannedOperation> {
  const { entered, requesterId } = submission;
  const known = knownOf(context.settings, person);
  const completed = await completeInput(context, operation, entered, known, requesterId);
  if (!completed.ok) return { kind: "invalid", faults: completed.faults };
  const { input, generated, titles } = completed.completed;
  const faults = await formFaults(context, operation, submission, person, input);
  if (faults.length > 0) return { kind: "invalid", faults };

  const current = await readCurrent(context.execute, operation, known);
  const secrets = sealedFields(operation, input);
  const changes = describeChanges(operation, input, {
    before: current !== undefined && "values" in current ? current.values : {},
    titles,
    kept: Object.fromEntries(
      secrets.map((field) => [field.path, keptWords(field, valueAt(input, field.path))]),
    ),
  });
  if (changes.length > MOST_CHANGES)
    return { kind: "invalid", faults: [{ field: "", message: tooMany(changes.length) }] };
  if (lengthOf(changes) > LONGEST_CHANGES)
    return {
      kind: "invalid",
      faults: [
        { field: "", message: "This is more than those who approve can see at once. Ask for it in parts." },
      ],
    };
  const target = person ?? thingOf(operation, completed.completed);
  const sealed = sealInput(operation, input, "change", context.sealer);
  const steps = singleOperationSteps(
    { operation, input: sealed.input, changes, kept: sealed.kept.map(({ path }) => path) },
    target,
  );
  const { reason, ticket } = submission;
  const fields = { reason, ...(ticket === undefined ? {} : { ticket }) };
  const plan = planOf({ playbook: operation.name, title: operation.title, target, fields, steps });
  return { kind: "planned", plan, kept: sealed.kept, generated };
}

async function formFaults(
  context: OperationContext,
  operation: Operation,
  { confirmEmail }: OperationSubmission,
  person: Target | undefined,
  input: Record<string, unknown>,
): Promise<FieldFault[]> {
  const faults: FieldFault[] = [];
  const isUnconfirmed = normaliseEmail(confirmEmail ?? "") !== person?.email;
  if (operation.risk === "irreversible" && person !== undefined && isUnconfirmed)
    faults.push({
      field: "confirm",
      message: "This is not the e-mail of the person whom it is about. Look again whom you chose.",
    });
  const known = knownOf(context.settings, person);
  const checked = await checkCall(context.execute, operation, input, known);
  const spent = await quotaFault(context.database, operation, person ?? {}, context.now());
  const sentences = spent === undefined ? checked : [...checked, spent];
  return [...faults, ...sentences.map((message) => ({ field: "", message }))];
}

function lengthOf(changes: readonly PlannedChange[]): number {
  return changes.reduce(
    (sum, { title, before = "", after }) => sum + title.length + before.length + after.length,
    0,
  );
}

function tooMany(count: number): string {
  return `These are ${count} changes, and those who approve must see each: at most ${MOST_CHANGES} at once.`;
}

/** What a request is about that is about no person: the things that were chosen. */
function thingOf(operation: Operation, { titles }: CompletedInput): Target {
  const chosen = Object.values(titles).flatMap((called) => Object.values(called));
  const vendor = VENDOR_NAMES[operation.vendor];
  const name = chosen.length === 0 ? `the ${vendor} account` : chosen.join(", ");
  return { name: Array.from(name).slice(0, 80).join(""), found: [] };
}
