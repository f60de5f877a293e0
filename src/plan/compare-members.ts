import { canonicalJson } from "../canonical-json.ts";

/** One thing that is otherwise: what it was, absent where it was not there, and what it is, likewise. */
export interface PlanDetail {
  title: string;
  before?: string;
  after?: string;
}

/** How a member is said, by its value and its name. */
export type Say = (value: unknown, key: string) => string;

type Members = Readonly<Record<string, unknown>>;

/** As long as a reason may be. */
const LONGEST_VALUE = 1_000;
/** How much of two long values is shown where they part, and how much of that is before it. */
const EXCERPT = 100;
const EXCERPT_BEFORE = 20;

/** One detail for each member that is not the same, in the order of the titles; without one it goes by its name. */
export function compareMembers(
  before: Members,
  after: Members,
  titles: Readonly<Record<string, string>>,
  sayBefore: Say = say,
  sayAfter: Say = say,
): PlanDetail[] {
  return [...new Set([...Object.keys(titles), ...Object.keys(after), ...Object.keys(before)])].flatMap(
    (key) => {
      const [one, other] = [before[key], after[key]];
      if (sameJson(one, other)) return [];
      const title = (Object.hasOwn(titles, key) ? titles[key] : undefined) ?? wordsOf(key);
      if (one === undefined) return [{ title, after: sayAfter(other, key) }];
      if (other === undefined) return [{ title, before: sayBefore(one, key) }];
      return [
        apart(
          title,
          { value: one, words: sayBefore(one, key) },
          { value: other, words: sayAfter(other, key) },
        ),
      ];
    },
  );
}

/** Two values that differ, also where their words do not: then where they part is shown, as it is stored. */
export function apart(
  title: string,
  before: { value: unknown; words: string },
  after: { value: unknown; words: string },
): PlanDetail {
  const seen = (words: string) => words.replace(/… \(\d+ characters\)$/, "…");
  if (seen(before.words) !== seen(after.words)) return { title, before: before.words, after: after.words };
  const [one, other] = [Array.from(canonicalJson(before.value)), Array.from(canonicalJson(after.value))];
  const parting = one.findIndex((character, index) => character !== other[index]);
  const from = Math.max(0, (parting === -1 ? one.length : parting) - EXCERPT_BEFORE);
  const excerpt = (characters: readonly string[]) =>
    `${from === 0 ? "" : "…"}${characters.slice(from, from + EXCERPT).join("")}${characters.length > from + EXCERPT ? "…" : ""}`;
  return { title, before: excerpt(one), after: excerpt(other) };
}

/** A value in plain words, on one line. */
export function say(value: unknown): string {
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (Array.isArray(value))
    return value.length === 0 ? "(none)" : cut(value.map((one) => say(one)).join(", "));
  if (typeof value === "string") return value === "" ? "(empty)" : cut(value);
  return cut(canonicalJson(value));
}

/** On one line: whoever wrote a value must not be able to write lines of the difference. */
function cut(text: string): string {
  const characters = Array.from(text.replaceAll(/\s+/g, " "));
  if (characters.length <= LONGEST_VALUE) return characters.join("");
  return `${characters.slice(0, LONGEST_VALUE).join("")}… (${characters.length} characters)`;
}

/** `transferEmail` as `Transfer email`. */
export function wordsOf(name: string): string {
  const words = name
    .replaceAll(/[._]/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether two values have the same part in a hash. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === undefined || other === undefined) return one === other;
  return canonicalJson(one) === canonicalJson(other);
}
