/** One offence: where (a JSON pointer) and what. */
export interface Fault {
  pointer: string;
  message: string;
}

/** Looks at a value and adds what is wrong with it. */
export type Rule = (value: unknown, pointer: string, faults: Fault[]) => void;

interface Range {
  min?: number;
  max?: number;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string of so many characters, and of a form where one is given. */
export function string(range: Range = {}, form?: { pattern: RegExp; message: string }): Rule {
  return (value, pointer, faults) => {
    if (typeof value !== "string") {
      faults.push({ pointer, message: "must provide a string" });
      return;
    }
    if (range.min !== undefined && value.length < range.min)
      faults.push({ pointer, message: `must be more than ${range.min - 1} characters` });
    if (range.max !== undefined && value.length > range.max)
      faults.push({ pointer, message: `must be less than ${range.max + 1} characters` });
    if (form !== undefined && !form.pattern.test(value)) faults.push({ pointer, message: form.message });
  };
}

export const boolean: Rule = (value, pointer, faults) => {
  if (typeof value !== "boolean") faults.push({ pointer, message: "must provide a boolean" });
};

export const anything: Rule = () => {};

export function oneOf(...values: readonly unknown[]): Rule {
  return (value, pointer, faults) => {
    if (!values.includes(value))
      faults.push({
        pointer,
        message: `must be one of ${values.map((one) => JSON.stringify(one)).join(", ")}`,
      });
  };
}

export function integer(range: Range = {}): Rule {
  return (value, pointer, faults) => {
    if (typeof value !== "number" || !Number.isInteger(value))
      faults.push({ pointer, message: "must provide an integer" });
    else if (range.min !== undefined && value < range.min)
      faults.push({ pointer, message: `must be at least ${range.min}` });
    else if (range.max !== undefined && value > range.max)
      faults.push({ pointer, message: `must be at most ${range.max}` });
  };
}

export function list(item: Rule, range: Range = {}): Rule {
  return (value, pointer, faults) => {
    if (!Array.isArray(value)) {
      faults.push({ pointer, message: "must provide an array" });
      return;
    }
    if (range.min !== undefined && value.length < range.min)
      faults.push({ pointer, message: `must have at least ${range.min} items` });
    if (range.max !== undefined && value.length > range.max)
      faults.push({ pointer, message: `no more than ${range.max} items allowed` });
    value.forEach((one, index) => item(one, `${pointer}/${index}`, faults));
  };
}

/** An object with these fields and no others; `type` is always allowed, whoever chose the rule has read it. */
export function object(fields: Record<string, Rule>, required: readonly string[] = []): Rule {
  return (value, pointer, faults) => {
    if (!isObject(value)) {
      faults.push({ pointer, message: "must provide an object" });
      return;
    }
    for (const name of required)
      if (value[name] === undefined) faults.push({ pointer, message: `missing required field: ${name}` });
    for (const [name, content] of Object.entries(value)) {
      if (name === "type" || content === undefined) continue;
      const rule = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (rule === undefined) faults.push({ pointer, message: `additional property: ${name}` });
      else rule(content, `${pointer}/${name}`, faults);
    }
  };
}

/** An object whose `type` chooses the rule. */
export function byType(rules: Record<string, Rule>): Rule {
  return (value, pointer, faults) => {
    if (!isObject(value)) {
      faults.push({ pointer, message: "must provide an object" });
      return;
    }
    const rule =
      typeof value["type"] === "string" && Object.hasOwn(rules, value["type"])
        ? rules[value["type"]]
        : undefined;
    if (rule === undefined)
      faults.push({ pointer: `${pointer}/type`, message: `unsupported type: ${String(value["type"])}` });
    else rule(value, pointer, faults);
  };
}

export function all(...rules: readonly Rule[]): Rule {
  return (value, pointer, faults) => {
    for (const rule of rules) rule(value, pointer, faults);
  };
}

/** A rule over a whole object that answers with what is wrong, or undefined. */
export function relation(fault: (value: Record<string, unknown>) => string | undefined): Rule {
  return (value, pointer, faults) => {
    const message = isObject(value) ? fault(value) : undefined;
    if (message !== undefined) faults.push({ pointer, message });
  };
}
