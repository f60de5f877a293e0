import type { z } from "zod";
import { valueAt, withValueAt } from "./field-path.ts";
import { inputFields } from "./input-fields.ts";
import type { Operation } from "./operation.ts";

type Issue = z.core.$ZodIssue;
type Input = Record<string, unknown>;

/** Every field whose value is not known beforehand takes one of these, by itself or in a list. */
const WORDS = ["Standin1", "standin@example.com", "100000000"] as const;
const STAND_INS: readonly unknown[] = [...WORDS, ...WORDS.map((word) => [word])];

function issuesOf(operation: Pick<Operation, "input">, input: Input): Issue[] {
  return operation.input.safeParse(input).error?.issues ?? [];
}

function isWithin({ path }: Issue, field: string): boolean {
  return `${path.join(".")}.`.startsWith(`${field}.`);
}

/**
 * What is wrong with an input in which some fields are still without a value. In their place stands something that they
 * take, so that what is said of several fields together is looked at as well.
 * @param absent paths of the fields that get their value later
 */
export function inputIssues(
  operation: Pick<Operation, "input">,
  input: Input,
  absent: readonly string[],
): Issue[] {
  const remembered = fitting.get(operation.input) ?? new Map<string, unknown>();
  fitting.set(operation.input, remembered);
  const whole = absent.reduce((filled, path) => {
    const before = remembered.has(path) ? [remembered.get(path)] : [];
    for (const value of [...before, ...STAND_INS]) {
      const tried = withValueAt(filled, path, value);
      if (issuesOf(operation, tried).some((issue) => isWithin(issue, path))) continue;
      remembered.set(path, value);
      return tried;
    }
    return filled;
  }, input);
  return issuesOf(operation, whole).filter((issue) => !absent.some((path) => isWithin(issue, path)));
}

/** What each field of an input took before, which it takes again in nearly every case. */
const fitting = new WeakMap<Operation["input"], Map<string, unknown>>();

/**
 * The fields that are generated at random, by path: they have no value, and the operation takes one beside the rest.
 * @param absent paths of the other fields that get their value later
 */
export function generatedFields(
  operation: Pick<Operation, "input">,
  input: Input,
  absent: readonly string[],
): string[] {
  const fields = inputFields(operation).filter(
    ({ path, meta }) => meta.generated !== undefined && valueAt(input, path) === undefined,
  );
  return fields
    .filter(({ path, isOptional }) => !isOptional || isTaken(operation, input, path, absent))
    .map(({ path }) => path);
}

/** Whether a field that may be left out can stand beside what else was given. */
function isTaken(
  operation: Pick<Operation, "input">,
  input: Input,
  path: string,
  absent: readonly string[],
): boolean {
  const above = path.split(".").slice(0, -1).join(".");
  if (above !== "" && valueAt(input, above) === undefined) return false;
  const given = withValueAt(input, path, WORDS[0]);
  return !inputIssues(operation, given, absent).some((issue) => isWithin(issue, path));
}
