import { withValueAt } from "../catalogue/field-path.ts";
import { inputFields, type InputField } from "../catalogue/input-fields.ts";
import type { Operation } from "../catalogue/operation.ts";
import { operations } from "../catalogue/registry.ts";
import type { PlannedChange, PlanStep } from "../playbook/playbook.ts";
import { say, wordsOf } from "./compare-members.ts";
import { describeChanges } from "./describe-changes.ts";

/** One field of a step's input, as it is told. */
export interface ToldField {
  title: string;
  /** What it is set to. */
  say(): string;
  value: unknown;
  /** A secret or a file, of which only whether it changed is told. */
  isSealed: boolean;
}

/** How a secret or a file is told. */
export const SEALED = "(changed)";

/** Every field of a step's input by its path, those that the operation knows first and in its order. */
export function toldFields(step: PlanStep): Map<string, ToldField> {
  const operation = operations.find(({ name }) => name === step.operation);
  const fields = operation === undefined ? [] : inputFields(operation);
  const sealed = [...(step.kept ?? []), ...(operation?.secretInputs ?? [])];
  const lines = changesByTitle(step.changes ?? []);
  const leaves = new Map(leavesOf(step.input, "", fields));
  const known = fields.map(({ path }) => path).filter((path) => leaves.has(path));
  return new Map(
    [...new Set([...known, ...leaves.keys()])].map((path) => {
      const value = leaves.get(path);
      const title = titleOf(path, fields);
      const isSealed = sealed.some(
        (other) => `${other}.`.startsWith(`${path}.`) || path.startsWith(`${other}.`),
      );
      // What was approved has the names of chosen things, and not only their ids.
      const say = () => lines.get(title)?.after ?? sayField(operation, path, value);
      return [path, { title, say, value, isSealed }];
    }),
  );
}

/** What is in an input, down to what the operation knows as fields; an empty object stands for itself. */
function* leavesOf(
  members: Readonly<Record<string, unknown>>,
  above: string,
  fields: readonly InputField[],
): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(members)) {
    const path = above === "" ? name : `${above}.${name}`;
    const isParent = fields.some((field) => field.path.startsWith(`${path}.`));
    const inner =
      isParent && typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
    if (Object.values(inner).some((one) => one !== undefined)) yield* leavesOf({ ...inner }, path, fields);
    else if (value !== undefined) yield [path, value];
  }
}

/** A field's title, with the heading it stands under where another field has the same. */
function titleOf(path: string, fields: readonly InputField[]): string {
  const field = fields.find((one) => one.path === path);
  if (field === undefined) return wordsOf(path);
  const title = field.meta.title ?? wordsOf(path);
  const isAlike = (other: InputField) =>
    other !== field &&
    other.meta.title === field.meta.title &&
    !fields.some((inner) => inner.path.startsWith(`${other.path}.`));
  if (!fields.some(isAlike)) return title;
  const above = fields.findLast((one) => path.startsWith(`${one.path}.`) && one.meta.section !== undefined);
  return `${title} (${field.meta.section ?? above?.meta.section ?? path})`;
}

/** What is said of each field that a step changes, a long list in one piece. */
export function changesByTitle(changes: readonly PlannedChange[]): Map<string, Omit<PlannedChange, "title">> {
  const lines = new Map<string, Omit<PlannedChange, "title">>();
  for (const { title: whole, before, after } of changes) {
    const title = whole.replace(/, also$/, "");
    const former = lines.get(title);
    const held = [former?.before, before].filter((one) => one !== undefined);
    lines.set(title, {
      ...(held.length === 0 ? {} : { before: held.join(", ") }),
      after: former === undefined ? after : `${former.after}, ${after}`,
    });
  }
  return lines;
}

/** What a step does that has nothing to be compared with. */
export function linesOf(step: PlanStep): PlannedChange[] {
  if (step.changes !== undefined) return step.changes;
  const operation = operations.find(({ name }) => name === step.operation);
  if (operation === undefined) return [];
  const sealed = [...(step.kept ?? []), ...(operation.secretInputs ?? [])];
  const kept = Object.fromEntries(sealed.map((path) => [path, SEALED]));
  return describeChanges(operation, step.input, { before: undefined, titles: {}, kept });
}

function sayField(operation: Operation | undefined, path: string, value: unknown): string {
  if (operation === undefined) return say(value);
  const input = withValueAt({}, path, value);
  const lines = describeChanges(operation, input, { before: undefined, titles: {}, kept: {} });
  // What is filled in by itself is not described.
  return lines.length === 0 ? say(value) : lines.map(({ after }) => after).join(", ");
}
