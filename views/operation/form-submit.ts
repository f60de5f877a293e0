import type { ViewOutput, ViewResponseAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { Operation } from "../../src/catalogue/operation.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type {
  EnteredOperation,
  LookResult,
  OperationDeps,
  PreparedOperation,
} from "../../src/deps/operation.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import type { FieldFault } from "../../src/deps/refusal.ts";
import type { SubmissionResult } from "../../src/deps/submission.ts";
import { breaksGlass } from "../blocks/break-glass.ts";
import { askedByPage } from "./answer-pages.ts";
import { valueAt } from "../../src/catalogue/field-path.ts";
import type { FormField } from "./field.ts";
import { fieldBlockId } from "./field-input.ts";
import { elementAt, readFields, sameAs, type FormState } from "./field-values.ts";
import { readValues } from "../blocks/inputs.ts";
import { keepEntered } from "./keep-entered.ts";
import { notice } from "../blocks/notice.ts";
import { answerView } from "./answer.ts";
import {
  choosableFields,
  FIELDS_BLOCK,
  FORM_BLOCKS,
  needsPreparing,
  readMemory,
  shownFields,
  type OperationForm,
} from "./form-state.ts";
import { operationForm } from "./form-view.ts";
import { errorsByBlock } from "../blocks/faults.ts";
import { isNamed, readWho, WHO_MISSING } from "../blocks/who.ts";
import { receiptText, receiptView } from "../blocks/receipt.ts";
import { refusalText } from "../blocks/refusal.ts";
import { escapeText } from "../blocks/text.ts";

/** Whom the form is about: as entered in it, or as it remembers from before. */
export function targetOf(view: ViewOutput): EnteredTarget {
  const asksPerson = view.blocks.some(({ block_id: id }) => id === FORM_BLOCKS.person);
  return asksPerson ? readWho(readValues(view.state.values)) : readMemory(view).target;
}

/** The form that is open, with whom it is about now. */
export function formOf(view: ViewOutput, target: EnteredTarget): OperationForm {
  const { operation, mayBreakGlass = false } = readMemory(view);
  return { operation: findOperation(operation), target, mayBreakGlass };
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
  const errors = errorsByBlock(
    faults.flatMap(({ field, message }) => (shown.has(field) ? [{ block: field, message }] : [])),
  );
  const others = faults.flatMap(({ field, message }) => (shown.has(field) ? [] : [message]));
  if (others.length === 0) return { response_action: "errors", errors };
  const form = operationForm({ ...again, faults: [...others, ...Object.values(errors)] });
  return { response_action: "update", view: keepEntered(form, view.state.values) };
}

type Result = LookResult | SubmissionResult;

/** A result other than faults, which go next to their fields. */
type Settled = Exclude<Result, { kind: "invalid" }>;

/** What the window shows in the end. */
export function resultView(result: Settled, deps: OperationDeps & SurfaceDeps): ModalView {
  if (result.kind === "answered") return answerView(result.answer);
  if (result.kind === "created") return receiptView(result, deps.channel);
  return notice("Not allowed", refusalText(result.refusal));
}

/** The same for someone who has closed the window meanwhile. Answers are for the window alone. */
export function resultText(result: Settled, deps: OperationDeps & SurfaceDeps): string {
  if (result.kind === "created") return `${receiptText(result, deps.channel)}${lostText(result)}`;
  if (result.kind === "refused") return refusalText(result.refusal);
  return "The answer came after you closed the window. Ask again to see it.";
}

/** What was made up is shown in the window alone, and the window is gone. */
function lostText({ generated = [] }: Extract<SubmissionResult, { kind: "created" }>): string {
  if (generated.length === 0) return "";
  const titles = generated.map(({ title }) => escapeText(title)).join(", ");
  return `\n:warning: *Nobody has seen what was made up (${titles}), because you closed the window.* Have it denied, and ask again.`;
}

/** A form that can be sent. */
interface Filled {
  form: OperationForm;
  entered: EnteredOperation;
}

/** What was entered, or the faults that need no look-up. */
function readForm(view: ViewOutput, prepared: PreparedOperation | undefined): Filled | FieldFault[] {
  const target = targetOf(view);
  const state = view.state.values;
  const chosen = chosenFields(state);
  const form = { ...formOf(view, target), chosen, prepared };
  const { operation } = form;
  const faults: FieldFault[] = [];
  if (operation.about !== undefined && !isNamed(target))
    faults.push({ field: FORM_BLOCKS.email, message: WHO_MISSING });
  const current = prepared?.current;
  const values = current !== undefined && "values" in current ? current.values : {};
  const isBig = choosableFields(operation).length > 0 && operation.current !== undefined;
  const fields = shownFields(operation, chosen);
  const read = readFields(fields, state, isBig ? sameAs(values) : undefined);
  if (isBig) faults.push(...unknownFaults(prepared), ...emptiedFaults(fields, state, values));
  if (!read.ok) faults.push(...Object.entries(read.errors).map(([field, message]) => ({ field, message })));
  else if (isBig && Object.keys(read.entered.input).length === 0)
    faults.push({ field: FIELDS_BLOCK, message: "Nothing would change: change one of the fields below." });
  if (operation.risk !== "read" && readValues(state).text(FORM_BLOCKS.reason) === undefined)
    faults.push({ field: FORM_BLOCKS.reason, message: "Say why, in at most 1,000 characters." });
  if (faults.length > 0 || !read.ok) return faults;
  return { form, entered: { operation: operation.name, target, ...read.entered } };
}

/** Where it is not known what is there now, what was left as it is cannot be told from what was changed. */
function unknownFaults(prepared: PreparedOperation | undefined): FieldFault[] {
  const current = prepared?.current;
  if (current !== undefined && ("values" in current || current.isForbidden === true)) return [];
  const why = current === undefined ? "What is there now could not be read." : current.fault;
  return [{ field: "", message: `${why} Without it nobody can tell what would change. Try again.` }];
}

/** Emptying a field that was filled in asks for something that is not sent. */
function emptiedFaults(fields: readonly FormField[], state: FormState, values: unknown): FieldFault[] {
  const read = readFields(fields, state);
  if (!read.ok) return [];
  const others = [
    ...read.entered.generate,
    ...[...read.entered.people, ...read.entered.files].map((one) => one.path),
  ];
  return fields
    .filter(({ path }) => isFilled(valueAt(values, path)) && valueAt(read.entered.input, path) === undefined)
    .filter(({ path }) => !others.includes(path))
    .map(({ path }) => ({
      field: fieldBlockId(path),
      message: "An empty field is not sent. Put back what was there, or do not choose this field.",
    }));
}

function isFilled(value: unknown): boolean {
  return (
    value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)
  );
}

/** Hands what was entered on: a look is answered, a change becomes a request. */
function send(
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  view: ViewOutput,
  { form, entered }: Filled,
): Promise<Result> {
  if (form.operation.risk === "read") return deps.look(personId, askedByPage(entered));
  const values = readValues(view.state.values);
  return deps.submitOperation({
    viewId: view.id,
    requesterId: personId,
    entered,
    reason: values.text(FORM_BLOCKS.reason) ?? "",
    ticket: values.text(FORM_BLOCKS.ticket),
    confirmEmail: values.text(FORM_BLOCKS.confirm),
    breaksGlass: breaksGlass(values),
  });
}

/** What has to be known to read the form, and to draw it again: what is there now, and what can be chosen. */
async function preparedFor(
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  operation: Operation,
  target: EnteredTarget,
) {
  if (!needsPreparing(operation)) return undefined;
  const result = await deps.prepare(personId, { operation: operation.name, target });
  return result.kind === "prepared" ? result.prepared : undefined;
}

/** What came of a submission: faults, with the form as it is to be drawn again, or a result. */
export type Outcome = { faults: readonly FieldFault[]; form: OperationForm } | { result: Settled };

/** Reads a submitted form with what is known by now, and hands it on. */
export async function outcomeOf(
  deps: OperationDeps & SurfaceDeps,
  personId: string,
  view: ViewOutput,
): Promise<Outcome> {
  const target = targetOf(view);
  const form = { ...formOf(view, target), chosen: chosenFields(view.state.values) };
  const prepared = await preparedFor(deps, personId, form.operation, target);
  const filled = readForm(view, prepared);
  if (Array.isArray(filled)) return { faults: filled, form: { ...form, prepared } };
  const result = await send(deps, personId, view, filled);
  if (result.kind === "invalid") return { faults: result.faults, form: filled.form };
  if (result.kind === "refused" && result.refusal.isPassing === true)
    return { faults: [{ field: "", message: result.refusal.reason }], form: filled.form };
  return { result };
}

/** The form as it was sent, with every fault on top. */
export function formAgain(
  view: ViewOutput,
  { faults, form }: Extract<Outcome, { form: unknown }>,
): ModalView {
  const again = operationForm({ ...form, faults: faults.map(({ message }) => message) });
  return keepEntered(again, view.state.values);
}
