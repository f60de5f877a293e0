import type { z } from "zod";

type Members = Record<string, unknown>;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A passcode is nothing to fill a form in with. */
const secret = /password_for_scheduled|pmi_password/;

function inner(schema: z.core.$ZodType): z.core.$ZodType {
  const definition = schema._zod.def;
  return "innerType" in definition ? inner(definition.innerType as z.core.$ZodType) : schema;
}

/** Of the settings that Zoom shows, those that a change can name, in the change's own shape. */
export function knownSettings(schema: z.core.$ZodType, shown: unknown): Members {
  const { def } = inner(schema)._zod;
  if (def.type !== "object" || !isObject(shown)) return {};
  const { shape } = def as z.core.$ZodObjectDef;
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, member]) => {
      const value = Object.hasOwn(shown, name) ? shown[name] : undefined;
      if (value === undefined || value === null || (secret.test(name) && typeof value === "string"))
        return [];
      if (inner(member)._zod.def.type !== "object") return [[name, value]];
      const below = knownSettings(member, value);
      return Object.keys(below).length === 0 ? [] : [[name, below]];
    }),
  );
}
