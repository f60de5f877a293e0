import { validationFailed } from "./refusal.ts";

/** What one field of a body takes. */
export type FieldRule =
  | { kind: "flag" }
  | { kind: "text"; minimum?: number; maximum?: number; pattern?: RegExp }
  | { kind: "integer"; minimum?: number; maximum?: number }
  | { kind: "choice"; values: readonly (string | number)[] }
  | { kind: "list"; of: FieldRule; maximum?: number }
  | { kind: "object"; fields: FieldRules; required?: readonly string[] };

export type FieldRules = Readonly<Record<string, FieldRule>>;

export const flag: FieldRule = { kind: "flag" };
export const text: FieldRule = { kind: "text" };

/** Text of some length, in characters. */
export const textOf = (maximum: number, minimum = 0): FieldRule => ({ kind: "text", minimum, maximum });
export const oneOf = (...values: readonly (string | number)[]): FieldRule => ({ kind: "choice", values });
export const listOf = (of: FieldRule, maximum?: number): FieldRule => ({
  kind: "list",
  of,
  maximum,
});
export const objectOf = (fields: FieldRules, required: readonly string[] = []): FieldRule => ({
  kind: "object",
  fields,
  required,
});

/** Many flags at once, by their names. */
export function flags(...names: readonly string[]): FieldRules {
  return Object.fromEntries(names.map((name) => [name, flag]));
}

function isWithin(size: number, { minimum = 0, maximum = Infinity }: { minimum?: number; maximum?: number }) {
  return size >= minimum && size <= maximum;
}

/** Throws 400/300 with the path of the first field that is unknown, missing or not what its rule takes. */
function checkField(rule: FieldRule, value: unknown, path: string): void {
  const refuse = () => validationFailed(path, "Invalid field.");
  switch (rule.kind) {
    case "flag":
      if (typeof value !== "boolean") throw refuse();
      return;
    case "text":
      if (typeof value !== "string" || !isWithin(value.length, rule)) throw refuse();
      if (rule.pattern?.test(value) === false) throw refuse();
      return;
    case "integer":
      if (!Number.isInteger(value) || !isWithin(Number(value), { minimum: -Infinity, ...rule }))
        throw refuse();
      return;
    case "choice":
      if (!rule.values.some((one) => one === value)) throw refuse();
      return;
    case "list":
      if (!Array.isArray(value) || !isWithin(value.length, { maximum: rule.maximum ?? Infinity }))
        throw refuse();
      for (const [index, one] of value.entries()) checkField(rule.of, one, `${path}[${index}]`);
      return;
    default:
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse();
      checkFields(rule.fields, value, rule.required, `${path}.`);
  }
}

/** The same for the fields of a body or of an object in it. */
export function checkFields(
  fields: FieldRules,
  body: object,
  required: readonly string[] = [],
  prefix = "",
): void {
  for (const name of required)
    if (!Object.hasOwn(body, name)) throw validationFailed(prefix + name, "Field is required.");
  for (const [name, value] of Object.entries(body)) {
    const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (rule === undefined) throw validationFailed(prefix + name, "Unknown field.");
    checkField(rule, value, prefix + name);
  }
}
