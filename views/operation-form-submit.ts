import type { ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Operation } from "../src/catalogue/operation.ts";
import { findOperation } from "../src/catalogue/registry.ts";
import type {
  AskedTarget,
  Deps,
  EnteredOperation,
  FieldFault,
  LookResult,
  PreparedOperation,
  SubmissionResult,
} from "../src/deps.ts";
import { askedByPage } from "./answer-pages.ts";
import { elementAt, readFields, sameAs, type FormState } from "./form-values.ts";
import { readValues } from "./inputs.ts";
import { keepEntered } from "./keep-entered.ts";
import { notice } from "./notice.ts";
import { answerView } from "./operation-answer.ts";
import {
  choosableFields,
  FIELDS_BLOCK,
  FORM_BLOCKS,
  operationForm,
  shownFields,
  type FormMemory,
  type OperationForm,
} from "./operation-form-view.ts";
import { receiptText, receiptView } from "./request-receipt.ts";
import { refusalText } from "./refusal.ts";
import { escapeText } from "./text.ts";

/** What a form remembers of itself. */
export function memoryOf(view: Pick<ViewOutput, "private_metadata">): FormMemory {
  return JSON.parse(view.private_metadata) as FormMemory;
}

/** Whom the form is about: as entered in it, or as it remembers from before. */
export function targetOf(view: ViewOutput): AskedTarget {
  const asksPerson = view.blocks.some(({ block_id: id }) => id === FORM_BLOCKS.person);
  if (!asksPerson) return memoryOf(view).target;
  const values = readValues(view.state.values);
  const slackId = values.person(FORM_BLOCKS.person);
  const email = values.text(FORM_BLOCKS.email);
  return { ...(slackId === undefined ? {} : { slackId }), ...(email === undefined ? {} : { email }) };
}

/** The fields that were chosen to be changed. */
export function chosenFields(state: FormState): string[] {
  return (elementAt(state, FIELDS_BLOCK)?.selected_options ?? []).map(({ value }) => value);
}

/** Faults next to their fields, or on top of the form drawn again where it does not show the field. */
export function faultsAnswer(
  view: ViewOutput,
  faults: readonly FieldFault[],
  again: OperationForm,
): ViewResponseAction {
  const shown = new Set(view.blocks.map((block) => block.block_id));
  const errors: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of faults) {
    if (!shown.has(field)) others.push(message);
    else errors[field] = errors[field] === undefined ? message : `${errors[field]} ${message}`;
  }
  if (others.length === 0) return { response_action: "errors", errors };
  const form = operationForm({ ...again, faults: [...others, ...Object.values(errors)] });
  return { response_action: "update", view: keepEntered(form, view.state.values) };
}

/** What came of a form. */
export type Result = LookResult | SubmissionResult;

/** What the window shows in the end. @throws TypeError for faults, which go next to their fields */
export function resultView(result: Result, deps: Deps): ModalView {
  if (result.kind === "invalid") throw new TypeError("Faults go next to their fields.");
  if (result.kind === "answered") return answerView(result.answer);
  if (result.kind === "created") return receiptView(result, deps.channel);
  return notice("Not allowed", refusalText(result.refusal));
}

/** The same for somebody who has closed the window meanwhile. Answers are for the window alone. */
export function resultText(result: Result, deps: Deps): string {
  if (result.kind === "created") return receiptText(result, deps.channel);
  if (result.kind === "refused") return refusalText(result.refusal);
  if (result.kind === "answered") return "The answer came after you closed the window. Ask again to see it.";
  return `Nothing was done. ${result.faults.map(({ message }) => escapeText(message)).join(" ")}`;
}

/** A form that can be sent. */
export interface Filled {
  form: OperationForm;
  entered: EnteredOperation;
}

/** What was entered, or the faults that need no look-up. */
export function readForm(view: ViewOutput, prepared: PreparedOperation | undefined): Filled | FieldFault[] {
  const operation = findOperation(memoryOf(view).operation);
  const target = targetOf(view);
  const state = view.state.values;
  const chosen = chosenFields(state);
  const form: OperationForm = { operation, target, chosen, ...(prepared === undefined ? {} : { prepared }) };
  const faults: FieldFault[] = [];
  if (operation.about !== undefined && target.slackId === undefined && target.email === undefined)
    faults.push({ field: FORM_BLOCKS.email, message: "Choose a person above, or type their e-mail here." });
  const current = prepared?.current;
  const values = current !== undefined && "values" in current ? current.values : {};
  const isBig = choosableFields(operation).length > 0 && operation.current !== undefined;
  const read = readFields(shownFields(operation, chosen), state, isBig ? sameAs(values) : undefined);
  if (!read.ok) faults.push(...Object.entries(read.errors).map(([field, message]) => ({ field, message })));
  else if (isBig && Object.keys(read.entered.input).length === 0)
    faults.push({ field: FIELDS_BLOCK, message: "Nothing would change: change one of the fields below." });
  if (operation.risk !== "read" && readValues(state).text(FORM_BLOCKS.reason) === undefined)
    faults.push({ field: FORM_BLOCKS.reason, message: "Say why, in at most 1,000 characters." });
  if (faults.length > 0 || !read.ok) return faults;
  return { form, entered: { operation: operation.name, target, ...read.entered } };
}

/** Hands what was entered on: a look is answered, a change becomes a request. */
export function send(
  deps: Deps,
  personId: string,
  view: ViewOutput,
  { form, entered }: Filled,
): Promise<Result> {
  if (form.operation.risk === "read") return deps.look(personId, askedByPage(entered));
  const values = readValues(view.state.values);
  const ticket = values.text(FORM_BLOCKS.ticket);
  const confirmEmail = values.text(FORM_BLOCKS.confirm);
  return deps.submitOperation({
    viewId: view.id,
    requesterId: personId,
    entered,
    reason: values.text(FORM_BLOCKS.reason) ?? "",
    ...(ticket === undefined ? {} : { ticket }),
    ...(confirmEmail === undefined ? {} : { confirmEmail }),
  });
}

/** What has to be known to read the form: what is there now, where only changes are sent. */
export async function preparedFor(deps: Deps, personId: string, operation: Operation, target: AskedTarget) {
  if (choosableFields(operation).length === 0 || operation.current === undefined) return undefined;
  const result = await deps.prepare(personId, { operation: operation.name, target });
  return result.kind === "prepared" ? result.prepared : undefined;
}
