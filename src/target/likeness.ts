import { keysOf, mayBeSamePerson } from "./person-key.ts";

/** What is known of someone, to tell whether another one may be them. */
export interface Description {
  emails: readonly string[];
  names: readonly string[];
}

/** Shorter texts are initials and the like, which many people share. */
const SHORTEST = 3;
/** From this length on, one letter that differs may be a slip. */
const LONG = 5;

/**
 * Whether someone may be a person who is known under another address: by an address that may be the same, by what
 * is before the `@`, or by name. It errs towards "may be": use it to ask for more, never to give anybody anything.
 */
export function mayBeAlike(unknown: Description, known: Description): boolean {
  if (mayBeSamePerson(unknown.emails, known.emails)) return true;
  const locals = localPartsOf(unknown.emails);
  const knownLocals = localPartsOf(known.emails);
  if (locals.some(({ bare }) => bare.length >= SHORTEST && knownLocals.some((one) => one.bare === bare)))
    return true;
  const theirs = known.names.map(wordsOf).filter((words) => words.length > 0);
  return theirs.some(
    (words) =>
      locals.some((local) => isNamed(local, words)) ||
      [...unknown.names.map(wordsOf), ...locals.map(({ words: parts }) => parts)].some((others) =>
        areAlike(others, words),
      ),
  );
}

interface LocalPart {
  /** Its letters. */
  bare: string;
  words: string[];
}

function localPartsOf(emails: readonly string[]): LocalPart[] {
  return keysOf(emails).map((key) => {
    const words = wordsOf(key.slice(0, Math.max(key.lastIndexOf("@"), 0)));
    return { bare: words.join(""), words };
  });
}

/** The words of a name: letters without accents and case. */
function wordsOf(text: string): string[] {
  const bare = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return bare.match(/\p{L}+/gu) ?? [];
}

/** Whether an address is made of someone's name: `danareyes`, `reyesd`, `d.reyes`, `dana`, `reyes`. */
function isNamed({ bare }: LocalPart, words: readonly string[]): boolean {
  const first = words[0] ?? "";
  const last = words.at(-1) ?? "";
  if (bare.length < SHORTEST) return false;
  if (words.length === 1) return bare === first;
  const made = [first, last, first + last, last + first, words.join("")];
  const initials = [first.slice(0, 1) + last, last + first.slice(0, 1), first + last.slice(0, 1)];
  return [...made, ...initials].some((one) => one.length >= SHORTEST && isNear(bare, one));
}

/** Whether two names share two words, or a last name and the initial before it. */
function areAlike(left: readonly string[], right: readonly string[]): boolean {
  if (left.length === 0 || right.length === 0) return false;
  if (left.length === 1 || right.length === 1)
    return left.length === right.length && (left[0] ?? "").length >= SHORTEST && left[0] === right[0];
  const shared = right.filter((word) => left.some((other) => word.length > 1 && isNear(other, word)));
  if (shared.length >= 2) return true;
  const [surname = "", other = ""] = [left.at(-1), right.at(-1)];
  return surname.length >= SHORTEST && isNear(surname, other) && left[0]?.[0] === right[0]?.[0];
}

/** Whether two words are the same, or long ones that differ by one letter. */
function isNear(left: string, right: string): boolean {
  if (left === right) return true;
  if (Math.min(left.length, right.length) < LONG || Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  let end = 0;
  const most = Math.min(left.length, right.length) - start;
  while (end < most && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return Math.max(left.length, right.length) - start - end <= 1;
}
