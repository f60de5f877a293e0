import { suggest } from "./suggestion.ts";

/** A fault by the path of keys and indexes that leads to it. */
export interface FaultAtPath {
  path: readonly (string | number)[];
  message: string;
  suggestion?: string;
  /** It is about the key at the end of the path, and not about what stands there. */
  atKey?: boolean;
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
