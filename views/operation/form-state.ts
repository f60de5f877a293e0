import type { Operation } from "../../src/catalogue/operation.ts";
import type { PreparedOperation } from "../../src/deps/operation.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import { WHO } from "../blocks/who.ts";
import { formFields, type FormField } from "./field.ts";

export const OPERATION_FORM = "operation_form";
export const OPERATION_PERSON = "operation_person";
/** The menu of fields to be changed, where there are many. */
export const FIELDS_BLOCK = "fields";
export const SOMEBODY_ELSE = "operation_somebody_else";

/** Block ids of what every form of an operation has beside its fields. */
export const FORM_BLOCKS = {
  ...WHO,
  reason: "reason",
  ticket: "ticket",
  confirm: "confirm",
} as const;

/** With more optional fields than these, one first says which are to be changed. */
const FEW_FIELDS = 8;

/** What a form remembers of itself between redraws; it decides nothing. */
export interface FormMemory {
  operation: string;
  target: EnteredTarget;
  mayBreakGlass?: boolean;
}

/** What the form of one operation shows. */
export interface OperationForm {
  operation: Operation;
  target: EnteredTarget;
  /** What was found; absent where nothing was looked up before. */
  prepared?: PreparedOperation;
  /** Paths of the fields to be changed, where one says so first. */
  chosen?: readonly string[];
  /** What is wrong that belongs to no field that is shown. */
  faults?: readonly string[];
  /** Whether to offer that it runs at once. */
  mayBreakGlass?: boolean;
}

/** Whether a form can only be filled in once the person is known. */
export function needsPreparing(operation: Operation): boolean {
  const isZone = formFields(operation).some(({ kind }) => kind.type === "chosen");
  return isZone || operation.current !== undefined;
}

/** The fields that one chooses among first; none where there are few. */
export function choosableFields(operation: Operation): FormField[] {
  const optional = formFields(operation).filter(({ isRequired }) => !isRequired);
  return optional.length > FEW_FIELDS ? optional : [];
}

/** The fields that a form shows. */
export function shownFields(operation: Operation, chosen: readonly string[] = []): FormField[] {
  const choosable = new Set(choosableFields(operation).map(({ path }) => path));
  return formFields(operation).filter(({ path }) => !choosable.has(path) || chosen.includes(path));
}

/** What a form is to remember, as Slack keeps it with the view. */
export function writeMemory({ operation, target, mayBreakGlass = false }: OperationForm): string {
  const memory: FormMemory = { operation: operation.name, target, mayBreakGlass };
  return JSON.stringify(memory);
}

/** What a form remembers of itself. */
export function readMemory(view: { private_metadata: string }): FormMemory {
  return JSON.parse(view.private_metadata) as FormMemory;
}
