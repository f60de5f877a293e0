import { valueAt } from "../../catalogue/field-path.ts";
import { inputFields, type InputField } from "../../catalogue/input-fields.ts";
import type { Operation } from "../../catalogue/operation.ts";
import { generatedFields, inputIssues } from "../../catalogue/partial-input.ts";
import { operations } from "../../catalogue/registry.ts";
import type { FaultAtPath } from "./policy-error.ts";
import { suggestionFor } from "./suggestion.ts";
import type { ReadableStep } from "./readable.ts";
import { shapeFaults } from "./shape-faults.ts";

type Path = readonly (string | number)[];

/** A step of a playbook with its operation. */
interface Step {
  operation: Operation;
  fields: InputField[];
  input: Record<string, unknown>;
  written: ReadableStep;
  path: Path;
}

const OPERATION_NAMES = operations.map(({ name }) => name);

/** What is wrong with one step of a playbook by itself, by what the catalogue says of its operation. */
export function stepFaults(written: ReadableStep, path: Path): FaultAtPath[] {
  if (written.operation === undefined) return [];
  const operation = operations.find(({ name }) => name === written.operation);
  if (operation === undefined)
    return [
      {
        path: [...path, "operation"],
        message: `There is no operation \`${written.operation}\`.`,
        ...suggestionFor(written.operation, OPERATION_NAMES),
      },
    ];
  const fields = inputFields(operation);
  const step = { operation, fields, input: written.input ?? {}, written, path };
  const unfit = unfitFault(step);
  return unfit === undefined
    ? [...choiceFaults(step), ...givenFaults(step), ...inputFaults(step)]
    : [{ path: [...path, "operation"], message: unfit }];
}

/** Why an operation can be no step of a playbook, whatever stands in it. */
function unfitFault({ operation, fields }: Step): string | undefined {
  const { risk, secrets = [], secretInputs = [], choices = {} } = operation;
  if (risk === "read" && secrets.length > 0)
    return "This only shows a secret, and a playbook has nobody to show it to.";
  if (Object.values(choices).some(({ fills = [] }) => fills.length > 0))
    return "What this sends along is read when somebody chooses in its form, so it cannot be a step.";
  const lacking = fields.find(
    ({ path, meta, isOptional }) =>
      !isOptional &&
      (meta.file !== undefined || (secretInputs.includes(path) && meta.generated === undefined)),
  );
  return lacking === undefined
    ? undefined
    : `This needs ${lacking.meta.file === undefined ? "a secret" : "a file"} (\`${lacking.path}\`), which a policy cannot hold, so it cannot be a step.`;
}

/** Where a step takes what the vendor lists: the field must be one that is listed, and the person's. */
function choiceFaults({ operation, fields, input, written, path }: Step): FaultAtPath[] {
  const listed = Object.keys(operation.choices ?? {});
  const faults: FaultAtPath[] = [];
  if (written.each !== undefined && written.all !== undefined)
    faults.push({ path: [...path, "all"], message: "Say `each` or `all`, not both." });
  for (const key of ["each", "all"] as const) {
    const name = written[key];
    if (name === undefined) continue;
    const at = [...path, key];
    const field = fields.find((one) => one.path === name);
    if (field === undefined || !listed.includes(name))
      faults.push({
        path: at,
        message: `${operation.name} has no field \`${name}\` for which the vendor lists something.`,
        ...suggestionFor(name, listed),
      });
    else if (operation.about === undefined)
      faults.push({
        path: at,
        message: `\`${key}\` takes what is the person's own, and ${operation.name} is about no person.`,
      });
    else if (key === "all" && !field.isList)
      faults.push({ path: at, message: `\`${name}\` takes one thing and no list. Use \`each\`.` });
    if (valueAt(input, name) !== undefined)
      faults.push({
        path: [...path, "input", ...name.split(".")],
        message: `\`${key}\` says what stands here already.`,
      });
  }
  return faults;
}

/** Values that a policy may not give. */
function givenFaults({ operation, fields, input, path }: Step): FaultAtPath[] {
  return fields.flatMap((field): FaultAtPath[] => {
    if (valueAt(input, field.path) === undefined) return [];
    const message = whyNotGiven(operation, field);
    return message === undefined ? [] : [{ path: [...path, "input", ...field.path.split(".")], message }];
  });
}

function whyNotGiven(operation: Operation, { path, meta }: InputField): string | undefined {
  // An id that stands here would be someone else's than the one who was approved.
  if (meta.fill !== undefined) return "This comes from the person or from what is set up here. Leave it out.";
  if (meta.file !== undefined) return "A file cannot stand in a policy.";
  if (!(operation.secretInputs ?? []).includes(path)) return undefined;
  return meta.generated === undefined
    ? "A secret cannot stand in a policy. Leave it out."
    : "A secret cannot stand in a policy. Leave it out; where one is needed, it is generated at random.";
}

/** What the operation's own schema says of the input, once all that gets its value later has one. */
function inputFaults(step: Step): FaultAtPath[] {
  const { operation, fields, input, path } = step;
  const filled = fields.filter((field) => field.meta.fill !== undefined || isForbidden(step, field));
  const absent = [...chosenFields(step), ...filled.map((field) => field.path)];
  const later = [...absent, ...generatedFields(operation, input, absent)];
  return inputIssues(operation, input, later).flatMap((issue) => {
    const name = issue.path.join(".");
    if (valueAt(input, name) === undefined && fields.some((field) => field.path === name))
      return [{ path: [...path, "input", ...issue.path.map(String)], message: missing(step, name) }];
    return shapeFaults(issue, input, operation.input).map((fault) => ({
      ...fault,
      path: [...path, "input", ...fault.path],
      message: asSentence(fault.message),
    }));
  });
}

/** The fields that `each` and `all` name; any that can be meant, where they name none. */
function chosenFields({ operation, written: { each, all } }: Step): string[] {
  const listed = Object.keys(operation.choices ?? {});
  const named = [each, all].filter((name) => name !== undefined);
  const found = listed.filter((path) => named.includes(path));
  return named.length > found.length ? listed : found;
}

/** A value that is refused already needs no second fault. */
function isForbidden({ operation, input }: Step, field: InputField): boolean {
  return valueAt(input, field.path) !== undefined && whyNotGiven(operation, field) !== undefined;
}

function missing({ operation, fields }: Step, name: string): string {
  const isTheirs = operation.about !== undefined && Object.hasOwn(operation.choices ?? {}, name);
  const isList = fields.some((field) => field.path === name && field.isList);
  const other = isTheirs ? `, or take it by \`each\`${isList ? " or `all`" : ""}` : "";
  return `${operation.name} needs \`${name}\`: give it in \`input\`${other}.`;
}

function asSentence(message: string): string {
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
