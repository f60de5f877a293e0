import { z } from "zod";
import type { KnownName } from "./known.ts";

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
  /** It is known before the form is filled in, and is not asked for. */
  fill?: KnownName;
  /** It names someone by e-mail address, or a list of people: a form lets one choose them in Slack as well. */
  people?: boolean;
  /** It only turns the pages of an answer: the answer does so itself. */
  paging?: boolean;
  /** Why no form asks for it, though the vendor takes it, as a sentence. */
  notAsked?: string;
  /** A form offers to have it made up, by chance alone. */
  generated?: "password";
  /** It takes a file: which extensions, and how many bytes at most. */
  file?: { extensions: readonly string[]; maxBytes: number };
}

/** What a field says of itself: its own words go before those of what it wraps (an optional, a default). */
export function fieldMeta(schema: z.core.$ZodType): FieldMeta {
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
