import type { Operation } from "../../src/catalogue/operation.ts";
import { inputSchema, type JsonSchema } from "./json-schema.ts";
import type { Input } from "./zoom-sample-inputs.ts";

/** One thing that a form offers, in an input that is good otherwise. */
export interface OfferedInput {
  /** The field's path and what is chosen in it. */
  choice: string;
  input: Input;
}

type Choice = readonly [path: string, value: unknown];

/** Every word, switch and limit of a schema, each with where it is, as a value of the whole. */
function choicesOf(schema: JsonSchema, path: string): Choice[] {
  const words = schema.const === undefined ? schema.enum : [schema.const];
  if (words) return words.map((word) => [`${path} ${String(word)}`, word] as const);
  const { minimum, maximum, properties = {}, required = [], items } = schema;
  switch (schema.type) {
    case "boolean":
      return [true, false].map((value) => [`${path} ${value}`, value] as const);
    case "integer":
      return [minimum, maximum]
        .filter((limit) => limit !== undefined)
        .map((limit) => [`${path} ${limit}`, limit] as const);
    case "array":
      return items ? choicesOf(items, path).map(([name, value]) => [name, [value]] as const) : [];
    case "object": {
      // What has fields that must be there is more than one choice.
      if (required.length > 0) return [];
      return Object.entries(properties).flatMap(([name, field]) =>
        choicesOf(field, `${path}.${name}`).map(([at, value]) => [at, { [name]: value }] as const),
      );
    }
    default:
      return [];
  }
}

/** A good input again and again, each time with one thing that its form offers, as far as its schema takes it. */
export function offeredInputs(operation: Operation, good: Input): OfferedInput[] {
  const { properties = {} } = inputSchema(operation);
  return Object.entries(properties)
    .flatMap(([name, field]) =>
      choicesOf(field, name).map(([choice, value]) => ({ choice, input: { ...good, [name]: value } })),
    )
    .filter(({ input }) => operation.input.safeParse(input).success);
}
