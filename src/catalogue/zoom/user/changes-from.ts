import type { z } from "zod";
import { getZoomUser } from "./get.ts";

type Fields = Readonly<Record<string, unknown>>;

const isNone = (value: unknown): boolean => value === undefined || value === null || value === "";

/** A user as Zoom shows one, under the names that a change has for the same things. */
function named(user: Fields): Fields {
  const link = user["vanity_url"];
  const name = typeof link === "string" ? /\/my\/([^/?#]+)/.exec(link)?.[1] : undefined;
  const plan = user["plan_united_type"];
  return {
    ...user,
    ...(name === undefined ? {} : { vanity_name: name }),
    ...(typeof plan === "number" ? { plan_united_type: String(plan) } : {}),
  };
}

/** The same without what is empty, and without what this field does not take of the things in a list. */
function fitting(field: z.ZodType, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const filled = value.map((one: unknown) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).filter(([, part]) => !isNone(part)))
      : one,
  );
  // Zoom shows more of a thing than it takes, such as whether a number is verified.
  for (const issue of field.safeParse(filled).error?.issues ?? []) {
    if (issue.code !== "unrecognized_keys" || typeof issue.path[0] !== "number") continue;
    const thing = filled[issue.path[0]] as Record<string, unknown>;
    filled[issue.path[0]] = Object.fromEntries(
      Object.entries(thing).filter(([key]) => !issue.keys.includes(key)),
    );
  }
  return filled;
}

/**
 * A user as the fields of a change: those that have a value which a change takes as well.
 * @param shape the fields of a change, with Zoom's own names
 */
export function changesFrom(output: unknown, shape: Readonly<Record<string, z.ZodType>>): Fields {
  const user = named(getZoomUser.output.safeParse(output).data ?? {});
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const value = Object.hasOwn(user, name) ? user[name] : undefined;
      if (isNone(value)) return [];
      const parsed = field.safeParse(fitting(field, value));
      return parsed.success ? [[name, parsed.data]] : [];
    }),
  );
}
