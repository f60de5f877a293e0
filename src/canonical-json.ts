/** The JSON of a member's name, with its colon: names come again and again. */
const names = new Map<string, string>();
const MOST_NAMES = 2_000;

function nameText(name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = `${JSON.stringify(name)}:`;
  if (names.size < MOST_NAMES) names.set(name, text);
  return text;
}

// Loops and not pipelines from here on: every plan and every event of the trail goes through them.
function listText(list: readonly unknown[]): string {
  let text = "[";
  for (let index = 0; index < list.length; index += 1) {
    if (index > 0) text += ",";
    text += canonicalJson(list[index] ?? null);
  }
  return `${text}]`;
}

function membersText(value: Readonly<Record<string, unknown>>): string {
  let text = "{";
  for (const name of Object.keys(value).toSorted()) {
    const member = value[name];
    if (member === undefined) continue;
    if (text.length > 1) text += ",";
    text += nameText(name) + canonicalJson(member);
  }
  return `${text}}`;
}

/**
 * JSON with sorted keys, so that equal values have equal text and so equal hashes.
 * `undefined` members are left out as in JSON; dates become their ISO text.
 * @throws TypeError for values that JSON cannot carry (functions, symbols, bigints)
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if (value instanceof Date) return JSON.stringify(value.toISOString());
    return Array.isArray(value) ? listText(value) : membersText(value as Record<string, unknown>);
  }
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`A ${typeof value} cannot be written as JSON.`);
  return text;
}
