import type { Operation } from "../../src/catalogue/operation.ts";
import { inputSchema, type JsonSchema } from "./json-schema.ts";
import type { Input } from "./zoom-sample-inputs.ts";

/** An input that the vendor would refuse, and what is wrong with it. */
export interface BadInput {
  fault: string;
  input: Input;
}

type Variant = readonly [fault: string, value: unknown];

/** Far beyond every limit, yet not all of them are limits of the schema's own words. */
const LONGEST = 100_000;

function variantsOf(schema: JsonSchema, value: unknown, surprise: string): Variant[] {
  const { type, properties = {}, required = [], items } = schema;
  const wrongType: Variant[] =
    schema.anyOf || !type ? [] : [["is of another type", type === "object" ? [] : {}]];
  if (schema.enum || schema.const !== undefined) return [...wrongType, ["is no such word", surprise]];
  if (type === "string")
    return [
      ...wrongType,
      ...(schema.maxLength === undefined
        ? []
        : [["is longer than it may be", "x".repeat(schema.maxLength + 1)] as const]),
      ...(schema.pattern === undefined && schema.format === undefined
        ? []
        : [["is too long to be one", `${String(value)}${"x".repeat(LONGEST)}`] as const]),
    ];
  if (type === "integer" || type === "number")
    return [
      ...wrongType,
      ...(schema.maximum === undefined ? [] : [["is too large", schema.maximum + 1] as const]),
      ...(schema.minimum === undefined ? [] : [["is too small", schema.minimum - 1] as const]),
    ];
  if (type === "array") {
    const first: unknown = Array.isArray(value) ? value[0] : undefined;
    const within = items ? variantsOf(items, first, surprise) : [];
    return [
      ...wrongType,
      ...within.map(([fault, one]) => [`: one ${fault}`, [one]] as const),
      ...(schema.minItems ? [["is empty", []] as const] : []),
      ...(schema.maxItems === undefined
        ? []
        : [["has too many", Array.from({ length: schema.maxItems + 1 }, () => first ?? surprise)] as const]),
    ];
  }
  if (type !== "object") return wrongType;
  const members = (value ?? {}) as Input;
  const within = Object.entries(properties).flatMap(([name, field]) =>
    variantsOf(field, members[name], surprise).map(
      ([fault, one]) => [`${name} ${fault}`, { ...members, [name]: one }] as const,
    ),
  );
  const missing = required
    .filter((name) => name in members)
    .map((name) => {
      const { [name]: _gone, ...rest } = members;
      return [`${name} is missing`, rest] as const;
    });
  const unknown: Variant[] =
    schema.additionalProperties === false
      ? [["has a field that is not known", { ...members, [surprise]: surprise }]]
      : [];
  return [...wrongType, ...within, ...missing, ...unknown];
}

/**
 * Breaks a good input in every way that its schema knows of, one at a time: unknown fields, missing ones, words that
 * are none, too much and too little, at every depth.
 * @param surprise a text that is no field and no value of any operation
 */
export function badInputs(operation: Operation, good: Input, surprise: string): BadInput[] {
  return variantsOf(inputSchema(operation), good, surprise).map(([fault, input]) => ({
    fault,
    input: input as Input,
  }));
}
