import { z } from "zod";
import type { FaultAtPath } from "./policy-error.ts";
import { suggestionFor } from "./suggestion.ts";

/**
 * One issue of a schema in plain words; several unknown keys become several faults.
 * @param document what the schema was given
 */
export function shapeFaults(issue: z.core.$ZodIssue, document: unknown, schema: z.ZodType): FaultAtPath[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: "This key is not known.",
        ...suggestionFor(key, known),
        atKey: true,
      }));
    }
    case "invalid_key":
      return [{ path, message: issue.issues[0]?.message ?? "This key is not valid.", atKey: true }];
    case "invalid_type": {
      const value = valueAt(document, path);
      const message =
        value === undefined
          ? `Missing: ${nameOf(issue.expected)} is required.`
          : `Expected ${nameOf(issue.expected)}, found ${value === null ? "nothing" : nameOf(typeName(value))}.`;
      return [{ path, message }];
    }
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const value = valueAt(document, path);
      const message = `${value === undefined ? "Missing: must" : "Must"} be ${allowed.length > 1 ? "one of " : ""}${allowed.join(", ")}.`;
      return [{ path, message, ...(typeof value === "string" ? suggestionFor(value, allowed) : {}) }];
    }
    default:
      return [{ path, message: issue.message }];
  }
}

/** The keys that the schema knows at a path. */
function keysAt(schema: unknown, path: readonly (string | number)[]): string[] {
  let current = schema;
  for (const step of path) {
    current = withoutOptional(current);
    if (current instanceof z.ZodObject) current = (current.shape as Record<string, unknown>)[String(step)];
    else if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodRecord) current = current.valueType;
    else return [];
  }
  current = withoutOptional(current);
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function withoutOptional(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema;
}

function valueAt(document: unknown, path: readonly (string | number)[]): unknown {
  let current = document;
  for (const step of path) {
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

function typeName(value: unknown): string {
  return Array.isArray(value) ? "array" : typeof value;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: "a list",
  record: "a map of names",
  object: "a map",
  string: "text",
  int: "a whole number",
  number: "a number",
  boolean: "true or false",
};

/** A type of the schema in plain words. */
function nameOf(type: string): string {
  return TYPE_NAMES[type] ?? type;
}
