import { z } from "zod";
import type { FieldMeta } from "../../src/catalogue/field-meta.ts";
import type { Operation } from "../../src/catalogue/operation.ts";

/** One of several values, and what to call it. */
export interface FieldOption {
  value: string | number;
  label: string;
}

/** One property of the things in a list, in the order in which a line names them. */
export interface Part {
  name: string;
  title: string;
  options: FieldOption[];
  isNumber: boolean;
}

/** How a field is entered. */
export type FieldKind =
  | { type: "option"; options: FieldOption[] }
  | { type: "options"; options: FieldOption[]; max: number }
  | { type: "yes_no" }
  | { type: "number"; isWhole: boolean; min?: number; max?: number }
  | { type: "email" }
  | { type: "url" }
  | { type: "date" }
  | { type: "instant" }
  | { type: "text"; max?: number }
  | { type: "person" }
  | { type: "people"; max: number }
  | { type: "file"; extensions: readonly string[] }
  /** Texts, one a line. */
  | { type: "lines" }
  /** Flat things, one a line, their parts apart by bars. */
  | { type: "table"; parts: Part[] }
  /** Anything else, as JSON. */
  | { type: "json" }
  /** One or several of the vendor's own things. */
  | { type: "chosen"; isList: boolean };

/** One field of an operation's form. */
export interface FormField {
  /** Within the operation's input, with dots. */
  path: string;
  title: string;
  hint?: string;
  section?: string;
  isRequired: boolean;
  kind: FieldKind;
  /** It may be generated at random. */
  canGenerate: boolean;
}

/** A JSON Schema, as far as it is read here; what fields say of themselves stands in it too. */
interface Schema extends FieldMeta {
  type?: string;
  enum?: (string | number)[];
  const?: string | number;
  anyOf?: Schema[];
  format?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** An operation's fields follow from it alone: they are made once, whoever asks. */
const made = new WeakMap<Operation, readonly FormField[]>();

/** The fields that a form asks for: all but what is known, comes with a choice, turns pages or is on its way out. */
export function formFields(operation: Operation): readonly FormField[] {
  const before = made.get(operation);
  if (before !== undefined) return before;
  const schema = z.toJSONSchema(operation.input, { unrepresentable: "any", io: "input" }) as Schema;
  const fields = fieldsOf(operation, schema, "", true);
  made.set(operation, fields);
  return fields;
}

function fieldsOf(operation: Operation, schema: Schema, above: string, isRequired: boolean): FormField[] {
  const filled = new Set(Object.values(operation.choices ?? {}).flatMap(({ fills = [] }) => fills));
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = above === "" ? name : `${above}.${name}`;
    const isKnown = member.fill !== undefined && member.fill !== "cloudflareZoneId";
    if (isKnown || member.paging || member.deprecated || member.notAsked !== undefined || filled.has(path))
      return [];
    const required = isRequired && (schema.required ?? []).includes(name);
    const isZone = member.fill === "cloudflareZoneId";
    if (member.type === "object" && member.file === undefined && member.properties !== undefined)
      return fieldsOf(operation, member, path, required).map((field) => ({
        ...field,
        section: field.section ?? member.section,
      }));
    const chosen = isZone || operation.choices?.[path] !== undefined;
    const kind: FieldKind = chosen ? { type: "chosen", isList: member.type === "array" } : kindOf(member);
    const field: FormField = {
      path,
      title: member.title ?? name,
      hint: member.description,
      section: member.section,
      isRequired: required,
      kind,
      canGenerate: member.generated !== undefined,
    };
    return [field];
  });
}

function optionsOf({ enum: values, const: only, labels = {} }: Schema): FieldOption[] {
  const all = values ?? (only === undefined ? [] : [only]);
  const order = Object.keys(labels);
  const place = (value: string | number) => order.indexOf(String(value));
  // Numbers among the names of an object come first, whatever was written first.
  const sorted = typeof all[0] === "number" ? all : all.toSorted((left, right) => place(left) - place(right));
  return sorted.map((value) => ({ value, label: labels[String(value)] ?? asWords(String(value)) }));
}

/** A vendor's word as people write it. */
function asWords(word: string): string {
  const spaced = word.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function kindOf(schema: Schema): FieldKind {
  const { type, format, maxLength, minimum, maximum, items, maxItems = 100 } = schema;
  if (schema.file !== undefined) return { type: "file", extensions: schema.file.extensions };
  const options = optionsOf(schema);
  if (options.length > 0) return { type: "option", options };
  if (type === "boolean") return { type: "yes_no" };
  if (type === "integer" || type === "number")
    return { type: "number", isWhole: type === "integer", min: minimum, max: maximum };
  if (type === "array") return listKind(schema, items ?? {}, maxItems);
  if (schema.people) return { type: "person" };
  if (format === "email") return { type: "email" };
  if (format === "uri") return { type: "url" };
  if (format === "date") return { type: "date" };
  if (format === "date-time") return { type: "instant" };
  if (type !== "string" && schema.anyOf === undefined) return { type: "json" };
  return { type: "text", max: maxLength };
}

function listKind(schema: Schema, items: Schema, max: number): FieldKind {
  if (schema.people) return { type: "people", max };
  const options = optionsOf(items);
  if (options.length > 0) return { type: "options", options, max };
  if (items.properties !== undefined) {
    const members = Object.entries(items.properties);
    const isFlat = members.every(([, one]) => ["string", "number", "integer"].includes(one.type ?? ""));
    if (!isFlat || members.length === 0) return { type: "json" };
    return {
      type: "table",
      parts: members.map(([name, one]) => ({
        name,
        title: one.title ?? name,
        options: optionsOf(one),
        isNumber: one.type !== "string",
      })),
    };
  }
  return items.type === "object" ? { type: "json" } : { type: "lines" };
}
