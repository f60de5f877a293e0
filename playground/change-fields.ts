import type { FaultKind } from "./fault.ts";

function changeText(value: unknown, name: string, change: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => changeText(item, name, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      key === name && typeof held === "string" ? change(held) : changeText(held, name, change),
    ]),
  );
}

/**
 * Lets a vendor answer and changes every text of one name in the answer, however deep it lies.
 * @param name the field, e.g. `email` for a vendor that shows addresses in another case
 */
export function changeTexts(name: string, change: (text: string) => string): FaultKind {
  return {
    kind: "changed",
    change: (answer) =>
      Buffer.isBuffer(answer.body) ? answer : { ...answer, body: changeText(answer.body, name, change) },
  };
}
