import { z } from "zod";
import type { Operation } from "../../src/catalogue/operation.ts";

/** As much of JSON Schema as the inputs of the catalogue need. */
export interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  maxLength?: number;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

/** What an operation takes, as JSON Schema. What that cannot say, such as refinements, is left out. */
export function inputSchema(operation: Operation): JsonSchema {
  return z.toJSONSchema(operation.input, { io: "input", unrepresentable: "any" }) as JsonSchema;
}
