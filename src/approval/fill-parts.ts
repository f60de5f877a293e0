/**
 * Gives people places in parts, each person one place, so that as many places as can be are filled. People come one
 * after another, and nobody who has a place loses it, only moves to another one.
 * @param counts how many places each part has
 */
export function createPlaces(counts: readonly number[]): {
  /** Gives a person a place; false where none can be made free, and then nothing changes. */
  add(parts: readonly number[]): boolean;
  /** How many places of each part are filled. */
  filled(): number[];
  isFull(): boolean;
} {
  const people: { parts: readonly number[]; part: number }[] = [];

  /** Looks for a place for a person, moving others on where they fit elsewhere as well. */
  function place(person: number, parts: readonly number[], tried: Set<number>): boolean {
    for (const part of parts) {
      if (tried.has(part)) continue;
      tried.add(part);
      const holders = people.flatMap((one, index) => (one.part === part ? [index] : []));
      const hasRoom = holders.length < (counts[part] ?? 0);
      if (hasRoom || holders.some((other) => place(other, people[other]?.parts ?? [], tried))) {
        const one = people[person];
        if (one !== undefined) one.part = part;
        return true;
      }
    }
    return false;
  }

  const filled = () => counts.map((_, part) => people.filter((one) => one.part === part).length);
  return {
    add(parts) {
      people.push({ parts, part: -1 });
      return place(people.length - 1, parts, new Set());
    },
    filled,
    isFull: () => filled().every((have, part) => have >= (counts[part] ?? 0)),
  };
}
