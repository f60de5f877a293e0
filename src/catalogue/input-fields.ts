import type { z } from "zod";
import { fieldMeta, type FieldMeta } from "./field-meta.ts";
import type { Operation } from "./operation.ts";

/** One field of an operation's input, within objects too. */
export interface InputField {
  /** Its name, within an object after the object's own and a dot: `changes.first_name`. */
  path: string;
  meta: FieldMeta;
  /** Whether it takes a list. */
  isList: boolean;
  isOptional: boolean;
}

type Schema = z.core.$ZodType;

/** A schema without what only says whether it may be left out. */
function unwrap(schema: Schema): { inner: Schema; isOptional: boolean } {
  const definition = schema._zod.def;
  if (!("innerType" in definition)) return { inner: schema, isOptional: false };
  const { inner, isOptional } = unwrap(definition.innerType as Schema);
  return { inner, isOptional: isOptional || definition.type === "optional" || definition.type === "default" };
}

function fieldsWithin(schema: Schema, above: string): InputField[] {
  const { inner } = unwrap(schema);
  if (inner._zod.def.type !== "object") return [];
  const { shape } = inner._zod.def as z.core.$ZodObjectDef;
  return Object.entries(shape).flatMap(([name, field]) => {
    const path = above === "" ? name : `${above}.${name}`;
    const { inner: type, isOptional } = unwrap(field);
    const meta = fieldMeta(field);
    const self = { path, meta, isList: type._zod.def.type === "array", isOptional };
    // A file is one thing to people, whatever it is made of.
    return meta.file === undefined ? [self, ...fieldsWithin(field, path)] : [self];
  });
}

/** Every field of an operation's input, each object before what is in it. */
export function inputFields(operation: Pick<Operation, "input">): InputField[] {
  return fieldsWithin(operation.input, "");
}
