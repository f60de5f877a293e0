import { keysOf } from "../target/person-key.ts";

/** Someone by every id and e-mail under which they are known. */
export interface KnownPerson {
  id: string;
  aliases: readonly string[];
}

/** The keys under which two mentions of a person are compared. */
export function namesOf(person: { id?: string; aliases: readonly string[] }): string[] {
  return keysOf([person.id, ...person.aliases]);
}

/** Whether two lists of names (from `namesOf`) share one, which makes them the same person. */
export function shareName(left: readonly string[], right: readonly string[]): boolean {
  return left.some((name) => right.includes(name));
}

/**
 * Gathers names that belong to one human being, also by a chain: if A shares a name with B and B with C, all three
 * are one. Answers with a key that is equal for equal people; names that were never joined stand for themselves.
 */
export function joinPeople(mentions: readonly (readonly string[])[]): (names: readonly string[]) => string {
  const parents = new Map<string, string>();
  function root(name: string): string {
    let current = name;
    for (let parent = parents.get(current); parent !== undefined; parent = parents.get(current))
      current = parent;
    return current;
  }
  for (const [first, ...others] of mentions) {
    if (first === undefined) continue;
    for (const other of others) {
      const [left, right] = [root(first), root(other)];
      if (left !== right) parents.set(left, right);
    }
  }
  return ([first]) => root(first ?? "");
}
