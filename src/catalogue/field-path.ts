type Members = Record<string, unknown>;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is at a path such as `changes.first_name`; undefined where nothing is. */
export function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const name of path.split(".")) {
    if (!isObject(current) || !Object.hasOwn(current, name)) return undefined;
    current = current[name];
  }
  return current;
}

/** A copy in which `value` is at the path; objects on the way are made. Undefined takes away what is there. */
export function withValueAt(members: Members, path: string, value: unknown): Members {
  const [name = "", ...rest] = path.split(".");
  const kept = Object.entries(members).filter(([other]) => other !== name);
  if (rest.length === 0) return Object.fromEntries(value === undefined ? kept : [...kept, [name, value]]);
  const below = Object.hasOwn(members, name) ? members[name] : undefined;
  return Object.fromEntries([
    ...kept,
    [name, withValueAt(isObject(below) ? below : {}, rest.join("."), value)],
  ]);
}
