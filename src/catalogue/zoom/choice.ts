import { z } from "zod";

/**
 * One of several words of Zoom's; `labels` says what each means, in the order in which a form offers them. The
 * schema's `labels` metadata carries them on.
 */
export function choice<const Labels extends Record<string, string>>(
  title: string,
  description: string,
  labels: Labels,
) {
  const words = Object.keys(labels) as (keyof Labels & string)[];
  return z.enum(words).meta({ title, description, labels });
}

/** One of several numbers of Zoom's, likewise. */
export function numberChoice(
  title: string,
  description: string,
  labels: readonly (readonly [value: number, label: string])[],
) {
  return z
    .literal(labels.map(([value]) => value))
    .meta({ title, description, labels: Object.fromEntries(labels) });
}
