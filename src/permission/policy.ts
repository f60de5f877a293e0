import { createHash } from "node:crypto";
import { z } from "zod";
import { readDocument } from "./document.ts";
import { suggestionFor, type LocatedFault } from "./located-fault.ts";
import { PolicyError } from "./policy-error.ts";
import { referenceFaults } from "./references.ts";
import type { KnownPlaybook } from "./references.ts";
import { policySchema } from "./schema.ts";
import type { Policy } from "./schema.ts";

/** A policy that passed every check, and the first 12 hex digits of the SHA-256 of its text. */
export interface LoadedPolicy {
  policy: Policy;
  version: string;
}

/**
 * Reads the text of a policy file.
 * @param fileName shown in front of every fault
 * @param playbooks those that exist; each must be covered by an approval rule
 * @throws PolicyError that lists every fault with its line and column
 */
export function parsePolicy(
  text: string,
  fileName: string,
  playbooks: readonly KnownPlaybook[],
): LoadedPolicy {
  const document = readDocument(text);
  if (document.faults.length > 0) throw new PolicyError(fileName, document.faults);
  const result = policySchema.safeParse(document.value);
  const faults = [
    ...(result.error?.issues ?? [])
      .flatMap((issue) => shapeFaults(issue, document.value))
      .map(({ fault, atKey }) => document.locate(fault, atKey)),
    ...referenceFaults(document.value, playbooks).map((fault) => document.locate(fault)),
  ].toSorted(
    (left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0),
  );
  if (!result.success || faults.length > 0) throw new PolicyError(fileName, faults);
  return { policy: result.data, version: createHash("sha256").update(text).digest("hex").slice(0, 12) };
}

interface ShapeFault {
  fault: LocatedFault;
  atKey: boolean;
}

/** One schema issue in plain words; several unknown keys become several faults. */
function shapeFaults(issue: z.core.$ZodIssue, document: unknown): ShapeFault[] {
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(policySchema, path);
      return issue.keys.map((key) => ({
        fault: { path: [...path, key], message: "This key is not known.", ...suggestionFor(key, known) },
        atKey: true,
      }));
    }
    case "invalid_key":
      return [
        { fault: { path, message: issue.issues[0]?.message ?? "This key is not valid." }, atKey: true },
      ];
    case "invalid_type": {
      const value = valueAt(document, path);
      const message =
        value === undefined
          ? `Missing: ${nameOf(issue.expected)} is required.`
          : `Expected ${nameOf(issue.expected)}, found ${value === null ? "nothing" : nameOf(typeName(value))}.`;
      return [{ fault: { path, message }, atKey: false }];
    }
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const value = valueAt(document, path);
      const message = `${value === undefined ? "Missing: must" : "Must"} be ${allowed.length > 1 ? "one of " : ""}${allowed.join(", ")}.`;
      return [
        {
          fault: { path, message, ...(typeof value === "string" ? suggestionFor(value, allowed) : {}) },
          atKey: false,
        },
      ];
    }
    default:
      return [{ fault: { path, message: issue.message }, atKey: false }];
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
