import { z } from "zod";

/** What a form needs to know of a field beyond its type. */
export interface FieldMeta {
  title?: string;
  description?: string;
  /** What the values of a choice mean, in the order to offer them; a number is named by its text. */
  labels?: Readonly<Record<string, string>>;
  /** Under which heading a form with many fields shows this one. */
  section?: string;
  /** The vendor still takes it and will not for ever: a form need not offer it. */
  deprecated?: boolean;
}

/** What a field says of itself: its own words go before those of what it wraps (an optional, a default). */
function fieldMeta(schema: z.core.$ZodType): FieldMeta {
  const definition = schema._zod.def;
  const wrapped =
    "innerType" in definition ? fieldMeta(definition.innerType as z.core.$ZodType) : ({} satisfies FieldMeta);
  return { ...wrapped, ...(z.globalRegistry.get(schema) as FieldMeta | undefined) };
}

/** The same fields, shown under one heading. */
export function inSection<Shape extends Record<string, z.ZodType>>(section: string, shape: Shape): Shape {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, schema.meta({ ...fieldMeta(schema), section })]),
  ) as Shape;
}
