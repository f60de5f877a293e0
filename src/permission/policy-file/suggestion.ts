import type { FaultAtPath } from "./policy-error.ts";

/** How many single-character changes (insert, delete, replace) turn one text into the other. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++)
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1),
        ),
      );
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** What was probably meant: the nearest candidate, unless even that one is a different word altogether. */
export function suggest(written: string, candidates: readonly string[]): string | undefined {
  // Nobody mistypes a name this long, and the cost grows with the product of the lengths.
  if (written.length > 80) return undefined;
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      distance: editDistance(written.toLowerCase(), candidate.toLowerCase()),
    }))
    // "ireversible" is as near to "reversible" as to "irreversible": the beginning is what people get right.
    .toSorted(
      (left, right) =>
        left.distance - right.distance ||
        sharedBeginning(written, right.candidate) - sharedBeginning(written, left.candidate),
    );
  const best = ranked[0];
  return best && best.distance <= Math.max(1, Math.floor(written.length / 3)) ? best.candidate : undefined;
}

function sharedBeginning(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

/** What was probably meant by a name that does not exist. */
export function suggestionFor(written: string, candidates: readonly string[]): { suggestion?: string } {
  const suggestion = suggest(written, candidates);
  return suggestion === undefined ? {} : { suggestion };
}

/** A fault for every name of a list that is not one of those that exist. */
export function unknownNames(
  kind: string,
  written: readonly unknown[] | undefined,
  known: readonly string[] | undefined,
  path: readonly (string | number)[],
): FaultAtPath[] {
  if (known === undefined) return [];
  return (written ?? []).flatMap((name, index) =>
    typeof name === "string" && !known.includes(name)
      ? [
          {
            path: [...path, index],
            message: `There is no ${kind} \`${name}\`.`,
            ...suggestionFor(name, known),
          },
        ]
      : [],
  );
}
